import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { BrowserName } from '../world/call-world.js';
import type { CallPage } from '../world/call-page.js';
import { hasNamespaces } from './namespaces.js';
import { createNetworkWorld } from './network-world.js';

const skip = hasNamespaces() ? false : 'needs Linux and root, for network namespaces';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('A network that breaks between two computers', { skip }, () => {
  const { network, world } = skip ? ({} as ReturnType<typeof createNetworkWorld>) : createNetworkWorld();
  before(() => world.start());

  for (const browsers of [
    ['chromium', 'chromium'],
    ['firefox', 'firefox'],
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const)
    describe(`${browsers[0]} called by ${browsers[1]}`, () => {
      let ada: CallPage;
      let bob: CallPage;
      const both = (): readonly CallPage[] => [ada, bob];
      const connect = async (): Promise<void> => {
        const session = browsers.join('-');
        const join = (uid: 'ada' | 'bob', browser: BrowserName) =>
          world.caller(uid, session, { browser, profile: uid });
        ada = await join('ada', browsers[0]);
        await ada.until(1);
        bob = await join('bob', browsers[1]);
        await Promise.all(both().map((page) => page.untilReceiving({ video: 1, audio: 1 })));
      };
      before(connect);
      // Several browsers at once are too much for a small machine.
      after(() => world.closeBrowsers());

      /** Waits for media in both directions. Returns what happened since: events about connections, and new connections. */
      const observe = async () => {
        const marks = await Promise.all(both().map(marked));
        return async () => {
          const healedAt = Date.now();
          await Promise.all(both().map((page) => page.untilReceiving({ video: 1, audio: 1 })));
          const took = Date.now() - healedAt;
          await Promise.all(both().map((page, at) => outagesEnded(page, marks[at]!)));
          const since = await Promise.all(
            both().map(async (page, at) => difference(marks[at]!, await marked(page))),
          );
          return { took, ada: since[0]!, bob: since[1]! };
        };
      };

      /** Waits until media is back. The time is printed: it depends on the machine. */
      const healsWithOneOutage = async (
        context: TestContext,
        healed: Awaited<ReturnType<typeof observe>>,
      ): Promise<void> => {
        const { took, ...since } = await healed();
        context.diagnostic(`media is back after ${took} ms`);
        for (const { remote } of [since.ada, since.bob]) assert.ok(isOneOutage(remote), remote.join());
      };

      for (const uid of ['ada', 'bob'] as const)
        it(`${uid} gets another address: media comes back, after one outage at most`, async (context) => {
          const healed = await observe();
          network.changeAddress(uid);
          await healsWithOneOutage(context, healed);
        });

      it('3 s without a path between the two: media comes back, after one outage at most', async (context) => {
        const healed = await observe();
        const heal = network.cutBetween('ada', 'bob');
        await wait(3000);
        heal();
        await healsWithOneOutage(context, healed);
      });

      // Longer than any timeout of a connection. Each pair of browsers has shown above how it heals.
      if (browsers.every((browser) => browser === 'chromium')) {
        it('12 s without a path: each is lost once and restored once, as the other one sees it', async (context) => {
          const healed = await observe();
          const heal = network.cutBetween('ada', 'bob');
          await wait(12_000);
          heal();
          const { took, ...since } = await healed();
          context.diagnostic(`media is back after ${took} ms`);
          assert.deepEqual([since.ada.remote, since.bob.remote], [oneOutage, oneOutage]);
        });

        it('5 s in which nothing gets from one to the other: it is lost once and restored once', async (context) => {
          const healed = await observe();
          const heal = network.cut('ada', 'bob');
          await wait(5000);
          heal();
          const { took, ...since } = await healed();
          context.diagnostic(`media is back after ${took} ms`);
          assert.deepEqual(since.bob.remote, oneOutage);
          assert.ok(isOneOutage(since.ada.remote), since.ada.remote.join());
        });
      }
    });
});

const oneOutage = ['onRemoteConnectionLost', 'onRemoteConnectionRestored'];

interface Mark {
  readonly events: readonly string[];
  readonly connections: number;
}

async function marked(page: CallPage): Promise<Mark> {
  const connections = await page.page.evaluate(() => window.observed.connections.length);
  return { events: await page.eventNames(), connections };
}

/** Waits until each outage since the mark has ended. */
async function outagesEnded(page: CallPage, { events }: Mark): Promise<void> {
  await page.page.waitForFunction(
    (since) => {
      const names = window.observed.events.slice(since).map(({ name }) => name);
      const count = (wanted: string): number => names.filter((name) => name === wanted).length;
      return count('onRemoteConnectionLost') === count('onRemoteConnectionRestored');
    },
    { timeout: 30_000, polling: 50 },
    events.length,
  );
}

function difference(before: Mark, after: Mark) {
  const events = after.events.slice(before.events.length);
  return {
    remote: events.filter((name) => name.startsWith('onRemoteConnection')),
    server: events.filter((name) => /^onConnection/.test(name)),
    connections: after.connections - before.connections,
  };
}

/** Nothing, or lost once and restored once. */
function isOneOutage(events: readonly string[]): boolean {
  return events.length === 0 || events.join() === oneOutage.join();
}
