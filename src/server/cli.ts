#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { eraseUserCommand } from './cli/erase-user.js';
import { helpText } from './cli/help.js';
import { serve } from './cli/serve.js';
import { printToken } from './cli/token.js';
import { ConfigError } from './config/server-config.js';
import { isUsageError } from './cli/usage-error.js';

type Command = (args: string[], environment: NodeJS.ProcessEnv) => Promise<void>;

const commands = new Map<string, Command>([
  ['serve', serve],
  ['token', printToken],
  ['erase-user', eraseUserCommand],
]);

/** The command `cometchat-call`: 0 is success, 1 a failure, 2 a wrong command line. */
async function main([name = '', ...rest]: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name) || rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpText);
    return 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${await packageVersion()}\n`);
    return 0;
  }
  const command = commands.get(name);
  if (!command) return printUsageError(name === '' ? 'Missing command.' : `Unknown command "${name}".`);
  try {
    await command(rest, process.env);
    return 0;
  } catch (error) {
    if (isUsageError(error)) return printUsageError(error.message);
    process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
    return 1;
  }
}

async function packageVersion(): Promise<string> {
  // The relative path is the same in the source and in the built package.
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function printUsageError(message: string): number {
  process.stderr.write(`${message}\n\n${helpText}`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
