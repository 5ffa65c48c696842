import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startServer, type TestServer } from '../harness/test-server.js';

const folder = mkdtempSync(join(tmpdir(), 'static-files-'));
after(() => rmSync(folder, { recursive: true }));
let server: TestServer;

before(async () => {
  for (const name of ['demo', 'demo/sub', 'dist']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'demo/index.html'), '<!doctype html><title>Demo</title>');
  writeFileSync(join(folder, 'demo/sub/page.css'), 'body {}');
  writeFileSync(join(folder, 'dist/call.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'demo/.env'), 'secret');
  mkdirSync(join(folder, 'demo/.git'));
  writeFileSync(join(folder, 'demo/.git/config'), 'secret');
  writeFileSync(join(folder, 'demo/ten.txt'), '0123456789');
  for (const name of ['a.cjs', 'a.mjs', 'a.wasm', 'a.map', 'a.tflite', 'A.JS'])
    writeFileSync(join(folder, 'dist', name), 'x');
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
    ['/dist/a.cjs', 'text/javascript; charset=utf-8'],
    ['/dist/a.mjs', 'text/javascript; charset=utf-8'],
    ['/dist/A.JS', 'text/javascript; charset=utf-8'],
    ['/dist/a.wasm', 'application/wasm'],
    ['/dist/a.map', 'application/json; charset=utf-8'],
    ['/dist/a.tflite', 'application/octet-stream'],
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

  it('are known by any of several tags', async () => {
    const { headers } = await fetch(`${server.url}/ten.txt`, { method: 'HEAD' });
    const etag = headers.get('etag') ?? '';
    for (const known of [`"old", ${etag}`, etag.replace('W/', '')])
      assert.equal(
        (await fetch(`${server.url}/ten.txt`, { headers: { 'if-none-match': known } })).status,
        304,
      );
  });

  it('answer HEAD like GET, without the body', async () => {
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => fetch(`${server.url}/ten.txt`, { method })),
    );
    assert.deepEqual([head?.status, await head?.text(), await get?.text()], [200, '', '0123456789']);
    for (const name of ['content-type', 'content-length', 'etag', 'accept-ranges'])
      assert.equal(head?.headers.get(name), get?.headers.get(name));
    assert.equal((await fetch(`${server.url}/nothing`, { method: 'HEAD' })).status, 404);
  });

  const ranges: readonly [string, number, string, string | null][] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, '0123456789', null],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
  ];
  for (const [range, status, body, contentRange] of ranges)
    it(`are sent in part: ${range}`, async () => {
      const answer = await fetch(`${server.url}/ten.txt`, { headers: { range } });
      assert.deepEqual(
        [answer.status, await answer.text(), answer.headers.get('content-range')],
        [status, body, contentRange],
      );
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
    '/.env',
    '/%2eenv',
    '/.git/config',
    '/sub/..%2f.env',
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
