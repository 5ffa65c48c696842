import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createCallServer, type CallServer } from './call-server.js';
import { ConfigError, readOptions } from './server-config.js';
import { createServerLog, errorFields } from './server-log.js';
import { variables } from './server-options.js';

const options = {
  dev: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  'public-url': { type: 'string' },
  demo: { type: 'string' },
  dist: { type: 'string' },
} as const;

/** `cometchat-call serve`: resolves once the server listens; it ends with SIGINT or SIGTERM. */
export async function serve(args: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { values } = parseArgs({ args, options, strict: true });
  const { dev, port, host, 'public-url': publicUrls, demo, dist } = values;
  const server = createCallServer({
    ...readOptions(environment, {
      ...(dev !== undefined && { dev }),
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(publicUrls !== undefined && { publicUrls }),
    }),
    files: { ...folder('/', '--demo', demo), ...folder('/dist', '--dist', dist) },
    processMetrics: true,
  });
  stopOnSignal(server);
  stayAlive();
  const url = await server.listen();
  process.stdout.write(greeting(url, server.generated, demo !== undefined));
}

function greeting(url: string, generated: readonly string[], hasDemo: boolean): string {
  const lines = [`The call server listens on ${url}`];
  if (generated.length > 0) {
    const names = generated.map((option) => variables[option as keyof typeof variables]).join(' and ');
    lines.push(`Development mode: ${names} made up for this run; tokens end with it.`);
  }
  if (hasDemo) lines.push(`Open ${url} in two tabs to be in a call.`);
  return `${lines.join('\n')}\n`;
}

function folder(path: string, flag: string, name: string | undefined): Record<string, string> {
  if (name === undefined) return {};
  if (!statSync(name, { throwIfNoEntry: false })?.isDirectory())
    throw new ConfigError([`${flag} ${name} is no folder.`]);
  return { [path]: name };
}

/** The first signal stops gracefully, the second at once. */
function stopOnSignal(server: CallServer): void {
  let stopping = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void server.close().then(() => process.exit(0));
    });
}

/** One request that fails in an unforeseen way must not end everybody's calls. */
function stayAlive(): void {
  const log = createServerLog('error');
  process.on('unhandledRejection', (error) => log('error', 'unhandled rejection', errorFields(error)));
}
