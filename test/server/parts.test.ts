import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { CallError, callFailures, type CallErrorCode } from '../../src/domain/call-error.js';
import { clientAddress, requestOrigin, untrustedHeaders } from '../../src/server/http/client-address.js';
import { closeCodeFor } from '../../src/server/connections/close-codes.js';
import { toFailure } from '../../src/server/connections/connection.js';
import { createSteadyTime, DeadlineQueue, type Clock } from '../../src/server/limits/deadline-queue.js';
import { acceptsIssuer } from '../../src/server/auth/issuers.js';
import { addressKey } from '../../src/server/limits/rate-limits.js';
import { requestIdIn } from '../../src/server/connections/request-id.js';
import { createServerLog } from '../../src/server/monitoring/server-log.js';
import { UserDirectory } from '../../src/server/auth/user-directory.js';

describe('Addresses', () => {
  const keys: readonly [string, string][] = [
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ];
  for (const [address, key] of keys)
    it(`count ${address || 'nothing'} as ${key || 'nothing'}`, () => assert.equal(addressKey(address), key));

  const request = (headers: Record<string, string>): IncomingMessage =>
    ({ headers, socket: { remoteAddress: '9.9.9.9' } }) as unknown as IncomingMessage;

  it('are believed of trusted proxies only', () => {
    const forwarded = request({ 'x-forwarded-for': '1.1.1.1, 2.2.2.2' });
    assert.equal(clientAddress(forwarded, 0), '9.9.9.9');
    assert.equal(clientAddress(forwarded, 1), '2.2.2.2');
    assert.equal(clientAddress(forwarded, 2), '1.1.1.1');
    assert.equal(clientAddress(forwarded, 5), '1.1.1.1');
    assert.equal(clientAddress(request({}), 1), '9.9.9.9');
  });

  it('tell the origin the client used', () => {
    const headers = { host: 'a.example:3000', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'b.example' };
    assert.equal(requestOrigin(request(headers), 0), 'http://a.example:3000');
    assert.equal(requestOrigin(request(headers), 1), 'https://b.example');
    assert.equal(requestOrigin(request({}), 0), 'http://localhost');
    const prefixed = request({ host: 'a.example', 'x-forwarded-prefix': '/calls/' });
    assert.equal(requestOrigin(prefixed, 1), 'http://a.example/calls');
    assert.equal(requestOrigin(prefixed, 0), 'http://a.example');
  });

  it('see from the origin of a page that TLS ended before them', () => {
    const from = (origin: string): string => requestOrigin(request({ host: 'a.example', origin }), 0);
    assert.equal(from('https://a.example'), 'https://a.example');
    assert.equal(from('https://b.example'), 'http://a.example');
    assert.equal(from('null'), 'http://a.example');
  });

  it('name the headers of proxies that are not trusted', () => {
    const headers = { 'x-forwarded-proto': 'https', forwarded: 'for=1.1.1.1', host: 'a.example' };
    assert.deepEqual(untrustedHeaders(request(headers), 0), ['x-forwarded-proto', 'forwarded']);
    assert.deepEqual(untrustedHeaders(request(headers), 1), []);
  });

  it('accept an issuer that differs in the scheme only, as long as no public URL says which', () => {
    const accepts = (issuer: string, publicUrls: readonly string[] = []): boolean =>
      acceptsIssuer({ publicUrls: [...publicUrls], dev: false }, issuer, 'http://a.example');
    for (const issuer of ['https://a.example', 'http://a.example/', 'wss://A.example/signal'])
      assert.ok(accepts(issuer), issuer);
    for (const issuer of ['https://b.example', 'https://a.example/base', 'https://a.example:1', 'a'])
      assert.equal(accepts(issuer), false, issuer);
    assert.equal(accepts('http://a.example', ['https://a.example']), false);
  });
});

describe('Deadlines', () => {
  it('come due in order, served by one timer, and not after the end', () => {
    let now = 0;
    const timers: { at: number; run: () => void }[] = [];
    const clock: Clock = {
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    };
    const advance = (to: number): void => {
      now = to;
      for (const timer of timers.splice(0, timers.length, ...timers.filter(({ at }) => at > now)))
        if (timer.at <= now) timer.run();
    };
    const due: string[] = [];
    const lifetime = new AbortController();
    const queue = new DeadlineQueue<string>({
      ms: 100,
      clock,
      onDue: (value) => due.push(value),
      signal: lifetime.signal,
    });
    assert.equal(queue.add('a'), 100);
    now = 40;
    queue.add('b');
    queue.add('c');
    assert.equal(timers.length, 1);
    advance(100);
    assert.deepEqual(due, ['a']);
    advance(139);
    assert.deepEqual(due, ['a']);
    advance(140);
    assert.deepEqual(due, ['a', 'b', 'c']);
    assert.equal(timers.length, 0, 'idle, no timer runs');
    queue.add('d');
    lifetime.abort();
    assert.equal(timers.length, 0);
    queue.add('e');
    assert.equal(timers.length, 0);
  });
});

describe('Failures', () => {
  it('travel with details that are short, and without those of our own faults', () => {
    assert.deepEqual(toFailure(new CallError('ROOM_FULL', { details: { limit: 8 } })).details, { limit: 8 });
    assert.equal('details' in toFailure(new CallError('ROOM_FULL', { details: 'x'.repeat(600) })), false);
    assert.equal('details' in toFailure(new CallError('ROOM_FULL')), false);
    assert.equal('details' in toFailure(new CallError('INTERNAL', { details: 'a path' })), false);
  });

  it('fit the protocol', () => {
    for (const code of Object.keys(callFailures) as CallErrorCode[])
      assert.ok(toFailure(new CallError(code)).message.length <= 1024, code);
  });

  it('close connections with codes an application may use', () => {
    for (const code of Object.keys(callFailures) as CallErrorCode[]) {
      const number = closeCodeFor(code);
      assert.ok(number === 1009 || (number >= 4000 && number <= 4999), code);
    }
  });

  it('can be answered when the message has an id', () => {
    assert.equal(requestIdIn('{"id":3}'), 3);
    for (const text of ['', 'null', '[]', '3', '{"id":-1}', '{"id":"3"}', '{"id":1.5}'])
      assert.equal(requestIdIn(text), undefined, text);
  });
});

describe('Users', () => {
  it('keep the name they were last given, and the oldest make room', () => {
    const users = new UserDirectory(undefined, 2);
    assert.deepEqual(users.update('a', {}), { uid: 'a', name: 'a', avatar: '' });
    users.update('a', { name: 'Ada' });
    assert.deepEqual(users.update('a', { avatar: 'x' }), { uid: 'a', name: 'Ada', avatar: 'x' });
    users.update('b', {});
    users.update('a', {});
    users.update('c', {});
    const old = { uid: 'b', name: 'old', avatar: '' };
    assert.equal(users.latestOf(old), old, 'forgotten');
    assert.equal(users.latestOf({ uid: 'a', name: 'old', avatar: '' }).name, 'Ada');
  });
});

describe('The log', () => {
  it('writes lines of JSON from its level up', () => {
    const lines: string[] = [];
    const log = createServerLog('info', (line) => lines.push(line));
    log('debug', 'not this');
    log('warn', 'this', { count: 2 });
    createServerLog('silent', (line) => lines.push(line))('error', 'nor this');
    assert.equal(lines.length, 1);
    const { time, ...rest } = JSON.parse(lines[0]!) as Record<string, unknown>;
    assert.deepEqual(rest, { level: 'warn', event: 'this', count: 2 });
    assert.ok(!Number.isNaN(Date.parse(String(time))));
  });
});

describe('The time of the server', () => {
  const clockAt = (wall: number) => {
    const times = { wall, elapsed: 0 };
    const now = createSteadyTime(
      () => times.wall,
      () => times.elapsed,
    );
    return {
      now,
      set: (time: number) => (times.wall = time),
      pass(ms: number) {
        times.wall += ms;
        times.elapsed += ms;
        return now();
      },
    };
  };

  for (const [title, jump] of [
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ] as const)
    it(`does not jump when the clock is set ${title} an hour: 45 s last about 45 s`, () => {
      const clock = clockAt(1_700_000_000_000);
      const from = clock.pass(1000);
      clock.set(from + jump);
      const passed = clock.pass(45_000) - from;
      assert.ok(Math.abs(passed - 45_000) <= 45_000 * 0.05, `${passed}`);
    });

  it('comes to agree with the clock again', () => {
    const clock = clockAt(1_700_000_000_000);
    clock.set(1_700_000_060_000);
    clock.pass(600_000);
    assert.equal(clock.pass(600_000), 1_700_001_260_000);
  });
});
