import { spawn } from 'node:child_process';
import { testSecret as secret } from './test-server.js';

export const apiKey = 'an API key for tests, of enough bytes';

/** A server process that can be killed. */
export function serve(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/cli.ts', 'serve'], {
    env: {
      ...process.env,
      CALL_SECRET: secret,
      API_KEY: apiKey,
      PORT: '0',
      HOST: '127.0.0.1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      const port = /"event":"listening","port":(\d+)/.exec(chunk.toString())?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
  });
  return {
    url,
    kill: async (signal: 'SIGKILL' | 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}
