import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from './world/call-page.js';
import { CallWorld } from './world/call-world.js';

// Whoever is only silent is waited for much longer than a test lasts. A page that hangs is found out a little after its pings stop.
const world = new CallWorld({ graceMs: 600_000, heartbeatMs: 1000, pageTimeoutMs: 15_000 });
before(() => world.start());

const stopped = new Set<number>();
const wake = (): void => {
  for (const pid of stopped) process.kill(pid, 'SIGCONT');
  stopped.clear();
};
afterEach(async () => {
  // A page that is stopped cannot be closed.
  wake();
  await world.closeBrowsers();
});

/** What is heard of others' connections, in its order. */
const heard = async (page: CallPage): Promise<readonly string[]> =>
  page.page.evaluate(() =>
    window.observed.events
      .filter(({ name }) => /^onRemoteConnection|^onUserLeft/.test(name))
      .map(({ name, detail }) => `${name} ${(detail as { uid: string }).uid}`),
  );

/** Waits until something was heard of somebody. Returns when. */
const untilHeard = async (page: CallPage, name: string, uid: string): Promise<number> => {
  const found = await page.page.waitForFunction(
    (wanted, of) =>
      window.observed.events.find(
        (event) => event.name === wanted && (event.detail as { uid: string }).uid === of,
      )?.at,
    { timeout: 60_000, polling: 50 },
    name,
    uid,
  );
  return (await found.jsonValue()) as number;
};

describe('a page that ends without a word', () => {
  it('is shown as reconnecting at once, and is gone when a living page would have been back', async (context) => {
    const ada = await world.caller('ada', 'crash');
    const bob = await world.caller('bob', 'crash', { profile: 'bob' });
    const cyd = await world.caller('cyd', 'crash', { browser: 'firefox', profile: 'cyd' });
    await Promise.all([ada, bob, cyd].map((page) => page.untilReceiving({ video: 2, audio: 0 })));
    const { pages } = await world.processes('chromium', 'bob');
    for (const pid of pages) process.kill(pid, 'SIGKILL');
    await world.kill('firefox', 'cyd');
    for (const uid of ['bob', 'cyd']) {
      const lostAt = await untilHeard(ada, 'onRemoteConnectionLost', uid);
      const leftAt = await untilHeard(ada, 'onUserLeft', uid);
      context.diagnostic(`${uid} is gone ${leftAt - lostAt} ms after the crash was noticed`);
    }
    assert.equal((await heard(ada)).length, 4, 'each was lost once and left once');
    await ada.until(1);
  });
});

describe('a page that hangs', () => {
  const stop = async (profile: string): Promise<void> => {
    const { pages } = await world.processes('chromium', profile);
    for (const pid of pages) {
      process.kill(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  };

  it('is shown as reconnecting, and is in the call as before when it wakes', async () => {
    const ada = await world.caller('ada', 'hang');
    const bob = await world.caller('bob', 'hang', { profile: 'hung' });
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 0 })));
    await stop('hung');
    await untilHeard(ada, 'onRemoteConnectionLost', 'bob');
    wake();
    await untilHeard(ada, 'onRemoteConnectionRestored', 'bob');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 0 })));
    assert.deepEqual(await heard(ada), ['onRemoteConnectionLost bob', 'onRemoteConnectionRestored bob']);
  });

  it('is shown as reconnecting, and is gone although its browser goes on answering the server', async (context) => {
    const ada = await world.caller('ada', 'forever');
    const bob = await world.caller('bob', 'forever', { profile: 'hung' });
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 0 })));
    await stop('hung');
    const lostAt = await untilHeard(ada, 'onRemoteConnectionLost', 'bob');
    const leftAt = await untilHeard(ada, 'onUserLeft', 'bob');
    context.diagnostic(`gone ${leftAt - lostAt} ms after it was noticed`);
    assert.deepEqual(await heard(ada), ['onRemoteConnectionLost bob', 'onUserLeft bob']);
  });
});
