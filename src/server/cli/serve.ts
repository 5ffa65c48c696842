import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCallServer, type CallServer } from '../call-server.js';
import { ConfigError, readOptions } from '../config/server-config.js';
import { createServerLog, errorFields } from '../monitoring/server-log.js';
import { isOn, variables } from '../config/server-options.js';
import { UsageError } from './usage-error.js';

const options = {
  dev: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  'public-url': { type: 'string' },
  'trusted-proxies': { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'string' },
  dist: { type: 'string' },
} as const;

/** `cometchat-call serve`: resolves once the server listens. The process ends with SIGINT or SIGTERM. */
export async function serve(args: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { values } = parseArgs({ args, options, strict: true });
  const { dev, port, host, 'public-url': publicUrls, 'trusted-proxies': trustedProxies } = values;
  const { data: dataFolder, demo, dist } = values;
  const settings = readOptions(environment, {
    ...(dev !== undefined && { dev }),
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(publicUrls !== undefined && { publicUrls }),
    ...(trustedProxies !== undefined && { trustedProxies }),
    ...(dataFolder !== undefined && { dataFolder }),
  });
  const isDev = isOn(settings.dev);
  if ((demo ?? dist) !== undefined && !isDev)
    throw new UsageError('--demo and --dist work only in development mode. Add --dev.');
  const server = createCallServer({
    ...settings,
    files: {
      ...fileMount('/', '--demo', demo ?? packageFolder('dist/server/demo-page', 'src/server/demo-page')),
      ...fileMount('/dist', '--dist', dist ?? packageFolder('dist')),
    },
    processMetrics: true,
  });
  stopOnSignal(server);
  surviveRejections();
  const url = await server.listen();
  process.stdout.write(startMessage(url, server.generated, isDev));
}

function startMessage(url: string, generated: readonly string[], hasDemo: boolean): string {
  const messages = [`The call server is listening on ${url}`];
  if (generated.length > 0) {
    const names = generated.map((option) => variables[option as keyof typeof variables]).join(' and ');
    messages.push(`Development mode: generated ${names} for this run. Tokens expire when it ends.`);
  }
  if (hasDemo) messages.push(`Open ${url} in two tabs to be in a call.`);
  return `${messages.join('\n')}\n`;
}

/** The first of some folders of this package that exists: the built package has others than the sources. */
function packageFolder(...paths: readonly string[]): string | undefined {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json')) && root !== dirname(root)) root = dirname(root);
  return paths.map((path) => join(root, path)).find((name) => existsSync(name));
}

function fileMount(path: string, option: string, name: string | undefined): Record<string, string> {
  if (name === undefined) return {};
  if (!statSync(name, { throwIfNoEntry: false })?.isDirectory())
    throw new ConfigError([`${option} ${name} is not a directory.`]);
  return { [path]: name };
}

/** The first signal stops gracefully, the second immediately. */
function stopOnSignal(server: CallServer): void {
  let stopping = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void server.close().then(() => process.exit(0));
    });
}

/**
 * An unexpected failure of one request must not end all calls. After an uncaught exception, the state of the process is
 * unknown: the process logs it and exits, and its supervisor starts another.
 */
function surviveRejections(): void {
  const log = createServerLog('error');
  process.on('uncaughtException', (error) => {
    log('error', 'uncaught exception', errorFields(error));
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => log('error', 'unhandled rejection', errorFields(error)));
}
