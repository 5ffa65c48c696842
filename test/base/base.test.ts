import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { Emitter } from '../../src/base/emitter.js';
import { log, setLogSink } from '../../src/base/logger.js';
import { reconciler } from '../../src/base/reconciler.js';
import { Store } from '../../src/base/store.js';

describe('Emitter', () => {
  it('calls handlers until their signal is aborted', () => {
    const emitter = new Emitter<{ beat: number }>();
    const end = new AbortController();
    const received: number[] = [];
    emitter.on('beat', (beat) => received.push(beat), { signal: end.signal });
    emitter.emit('beat', 1);
    end.abort();
    emitter.emit('beat', 2);
    emitter.on('beat', (beat) => received.push(beat), { signal: end.signal });
    emitter.emit('beat', 3);
    assert.deepEqual(received, [1]);
  });

  it('reports what a handler throws, and still calls the others', () => {
    const emitter = new Emitter<{ beat: void }>();
    const { signal } = new AbortController();
    const received: string[] = [];
    // Where the page's own error reporting takes over.
    const later = mock.method(globalThis, 'queueMicrotask', () => undefined);
    emitter.on(
      'beat',
      () => {
        throw new Error('boom');
      },
      { signal },
    );
    emitter.on('beat', () => received.push('second'), { signal });
    emitter.emit('beat', undefined);
    assert.deepEqual(received, ['second']);
    const [report] = later.mock.calls;
    later.mock.restore();
    assert.ok(report);
    assert.throws(() => (report.arguments[0] as () => void)(), /boom/);
  });
});

describe('Store', () => {
  it('tells subscribers what it was and what it is, and nothing of the identical value', () => {
    const store = new Store(1);
    const notified: [number, number][] = [];
    const stop = store.subscribe((next, before) => notified.push([next, before]));
    store.set(1);
    store.set(2);
    stop();
    store.set(3);
    assert.deepEqual(notified, [[2, 1]]);
    assert.equal(store.get(), 3);
  });

  it('tells every subscriber of each value in order, also of one that a subscriber sets', () => {
    const store = new Store('a');
    const notified: string[] = [];
    store.subscribe((next, before) => {
      if (next === 'b') store.set('c');
      notified.push(`first ${before}-${next}`);
    });
    store.subscribe((next, before) => notified.push(`second ${before}-${next}`));
    store.set('b');
    assert.deepEqual(notified, ['first a-b', 'second a-b', 'first b-c', 'second b-c']);
    assert.equal(store.get(), 'c');
  });

  it('tells the others although one throws', (t) => {
    const reported = t.mock.method(globalThis, 'queueMicrotask', () => undefined);
    const store = new Store(0);
    const notified: string[] = [];
    store.subscribe(() => {
      throw new Error('of a subscriber');
    });
    store.subscribe((next) => notified.push(`second ${next}`));
    store.set(1);
    store.set(2);
    assert.deepEqual(notified, ['second 1', 'second 2']);
    assert.equal(reported.mock.callCount(), 2);
  });
});

describe('reconciler', () => {
  it('applies only the first and the latest of many wishes', async () => {
    const applied: boolean[] = [];
    const want = reconciler<boolean>(async (wanted) => void applied.push(wanted));
    await Promise.all([want(true), want(false), want(true), want(false)]);
    assert.deepEqual(applied, [true, false]);
  });

  it('can be used again after a failure', async () => {
    let broken = true;
    const applied: number[] = [];
    const want = reconciler<number>(async (wanted) => {
      if (broken) throw new Error('broken');
      applied.push(wanted);
    });
    await assert.rejects(want(1), /broken/);
    broken = false;
    await want(2);
    assert.deepEqual(applied, [2]);
  });
});

describe('logger', () => {
  it('is silent until it has a sink', () => {
    const lines: unknown[][] = [];
    const write = (...words: unknown[]): void => void lines.push(words);
    log('a').warn('unheard');
    setLogSink({ debug: write, info: write, warn: write, error: write });
    log('a').warn('heard', 1);
    setLogSink(undefined);
    assert.deepEqual(lines, [['[cometchat-call:a]', 'heard', 1]]);
  });
});
