import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { startPostgres } from '../../tools/run/services/ensure-postgres.mjs';
import { apiKey } from '../harness/server-process.js';
import { startServer, type TestServer } from '../harness/test-server.js';

export const postgres = startPostgres();

export const folder = mkdtempSync(join(tmpdir(), 'call-routes-'));

export let server: TestServer;

/** PostgreSQL where it can be had, otherwise the same in this process. */
let place: { databaseUrl: string } | { dataFolder: string };

before(async () => {
  const url = (await postgres)?.url;
  place = url === undefined ? { dataFolder: folder } : { databaseUrl: url };
  server = await startServer({ apiKey, ...place });
});

after(async () => {
  await server.stop();
  await (await postgres)?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly data: readonly Record<string, unknown>[];
    readonly meta: {
      readonly pagination: Readonly<Record<string, number>>;
      readonly cursor: { readonly next: string | null };
    };
    readonly error: {
      readonly code: string;
      readonly details: { readonly parameter: string; readonly problem: string };
    };
  };
}

export async function get(
  path: string,
  headers: Record<string, string> = { apiKey },
  url = server.url,
): Promise<Answer> {
  const response = await fetch(`${url}/v3.0${path}`, { headers });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
