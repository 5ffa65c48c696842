import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { CallServerOptions } from '../../../src/server/call-server.js';
import { startServer, testSecret as secret, type TestServer } from '../harness/test-server.js';

/** What strangers, and participants who mean harm, may try: it is refused with a documented code, and counted. */
export interface Refusal {
  readonly title: string;
  readonly code: string;
  readonly options?: Partial<CallServerOptions>;
  /** Tries it. Returns the code with which it was refused. */
  attempt(server: TestServer): Promise<unknown>;
}

const metricsToken = 'a metrics token for tests, of enough bytes';
export const apiKey = 'an API key for tests, of enough bytes';
const documented = readFileSync('demo/docs/errors.md', 'utf8');

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with any header, signed in any way. */
export function forged(header: object, claims: object, sign: (text: string) => string): string {
  const data = { sessionId: 'room', user: { uid: 'eve', name: 'Eve' } };
  const text = `${part(header)}.${part({ data, exp: Date.now() / 1000 + 3600, ...claims })}`;
  return `${text}.${sign(text)}`;
}

export const signed = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
export const hs256 = { alg: 'HS256', typ: 'JWT' };

/** How often the server has counted a code. */
async function counted({ url }: TestServer, code: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}`, 'x-forwarded-for': '192.0.2.1' };
  // A server that has just refused connections accepts one as soon as it knows that others are gone.
  const ask = (): Promise<Response> => fetch(`${url}/metrics`, { headers }).catch(ask);
  const line = new RegExp(`^cometchat_failures_total\\{code="${code}"\\} (\\d+)$`, 'm');
  return Number(line.exec(await (await ask()).text())?.[1] ?? 0);
}

/** One test for each. */
export function describeRefusals(groups: Readonly<Record<string, readonly Refusal[]>>): void {
  for (const [group, rows] of Object.entries(groups))
    describe(`Refused: ${group}`, () => {
      for (const { title, code, options = {}, attempt } of rows)
        it(`${title}: ${code}`, async () => {
          const server = await startServer({ apiKey, metricsToken, ...options });
          assert.equal(await attempt(server), code);
          assert.ok((await counted(server, code)) > 0, 'it is counted');
          assert.ok(documented.includes(`\`${code}\``), 'it is documented');
          await server.stop();
        });
    });
}
