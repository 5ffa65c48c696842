import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { fetchJson } from '../../src/base/fetch-json.js';

const timeout = AbortSignal.timeout.bind(AbortSignal);
afterEach(() => (AbortSignal.timeout = timeout));

const answering =
  (text: string, status = 200): typeof fetch =>
  () =>
    Promise.resolve(new Response(text, { status }));

/** Like the browser's: settles only when it is aborted. */
const hanging: typeof fetch = (_url, init) =>
  new Promise((_, reject) => {
    const { signal } = init ?? {};
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('fetchJson', () => {
  it('gives the object and the status, also of a refusal', async () => {
    const answer = await fetchJson('/x', {}, answering('{"error":{"code":"NO"}}', 401));
    assert.deepEqual(answer, { ok: false, status: 401, body: { error: { code: 'NO' } } });
  });

  it('rejects for a page, a null or nothing in place of an object', async () => {
    for (const text of ['<!doctype html>', 'null', '5', ''])
      await assert.rejects(fetchJson('/x', {}, answering(text, 502)), Error, text);
  });

  it('does not wait for ever', async () => {
    const limits: number[] = [];
    AbortSignal.timeout = (ms) => {
      limits.push(ms);
      const limit = new AbortController();
      setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), 10);
      return limit.signal;
    };
    await assert.rejects(fetchJson('/x', {}, hanging), { name: 'TimeoutError' });
    await assert.rejects(fetchJson('/x', { signal: new AbortController().signal }, hanging), {
      name: 'TimeoutError',
    });
    assert.deepEqual(limits, [15_000, 15_000]);
  });

  it('ends with the signal of its request', async () => {
    const ended = AbortSignal.abort(new Error('not wanted'));
    const asked = fetchJson('/x', { signal: ended }, (_url, init) =>
      Promise.reject(init?.signal?.reason as Error),
    );
    await assert.rejects(asked, /not wanted/);
  });
});
