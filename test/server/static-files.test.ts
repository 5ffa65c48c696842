import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startServer, type TestServer } from './harness/test-server.js';

const folder = mkdtempSync(join(tmpdir(), 'static-files-'));
after(() => rmSync(folder, { recursive: true }));
let server: TestServer;

before(async () => {
  for (const name of ['demo', 'demo/sub', 'dist']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'demo/index.html'), '<!doctype html><title>Demo</title>');
  writeFileSync(join(folder, 'demo/sub/page.css'), 'body {}');
  writeFileSync(join(folder, 'dist/call.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await startServer({
    dev: true,
    files: { '/': join(folder, 'demo'), '/dist': join(folder, 'dist') },
  });
});

/** `fetch` would tidy the path up. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ host: '127.0.0.1', port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('Static files', () => {
  const served: readonly [string, string][] = [
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/?session=x', 'text/html; charset=utf-8'],
    ['/sub/page.css', 'text/css; charset=utf-8'],
    ['/dist/call.js', 'text/javascript; charset=utf-8'],
  ];
  for (const [path, type] of served)
    it(`are served with their type: ${path}`, async () => {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), type);
      assert.ok((await response.text()).length > 0);
    });

  it('are asked for again each time, and not sent again', async () => {
    const first = await fetch(`${server.url}/dist/call.js`);
    assert.equal(first.headers.get('cache-control'), 'no-cache');
    const etag = first.headers.get('etag') ?? '';
    await first.text();
    const second = await fetch(`${server.url}/dist/call.js`, { headers: { 'if-none-match': etag } });
    assert.equal(second.status, 304);
    writeFileSync(join(folder, 'dist/call.js'), 'export const changed = true;');
    const third = await fetch(`${server.url}/dist/call.js`, { headers: { 'if-none-match': etag } });
    assert.equal(third.status, 200);
    await third.text();
  });

  it('come with a strict policy', async () => {
    const policy = (await fetch(`${server.url}/`)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self'/);
    // WebAssembly, for backgrounds and noise suppression, and nothing else.
    assert.deepEqual(policy.match(/'[\w-]*unsafe[\w-]*'/g), ["'wasm-unsafe-eval'"]);
  });

  const outside = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/dist/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '/dist',
    '/sub',
    '/nothing.js',
    '//secret.txt',
  ];
  for (const path of outside)
    it(`are nothing but files of the folders: ${path}`, async () =>
      assert.ok([400, 404].includes((await rawStatus(path)) ?? 0)));

  it('do not hide the server’s own routes', async () => {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.match(await (await fetch(`${server.url}/v3.0/x`)).text(), /ERR_NOT_FOUND/);
  });

  it('are not served in production', async () => {
    const production = await startServer({ files: { '/': join(folder, 'demo') } });
    assert.equal((await fetch(`${production.url}/`)).status, 404);
  });
});
