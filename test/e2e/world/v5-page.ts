import type { CometChat as Chat } from '../../../src/chat.js';
import type { CometChatCalls as Calls } from '../../../src/facade/comet-chat-calls.js';
import type { CallPage } from './call-page.js';
import type { CallWorld } from './call-world.js';

declare global {
  interface Window {
    app: {
      readonly CometChat: typeof Chat;
      readonly CometChatCalls: typeof Calls;
      readonly log: string[];
      receive(uid: string, apiKey: string): Promise<void>;
      dial(uid: string): Promise<void>;
      hangUp(): Promise<void>;
    };
    /** The events of v5 that were raised. */
    raisedEvents: { readonly name: string; readonly detail: unknown }[];
  }
}

const timeoutMs = { timeout: 30_000, polling: 50 } as const;

/** A page of an application that has both packages of CometChat aliased to ours. */
export class V5Page {
  private constructor(readonly call: CallPage) {}

  static async open(world: CallWorld, profile: string): Promise<V5Page> {
    const page = new V5Page(await world.page('chromium', { profile, path: '/aliased.html', inline: true }));
    await page.ready();
    return page;
  }

  /** After a load of the page. */
  async ready(): Promise<void> {
    await this.call.page.waitForFunction(() => 'app' in window, timeoutMs);
    await this.call.page.evaluate(() => (window.raisedEvents = []));
  }

  /** Runs code of an application, which returns what is to be seen of it. */
  run<Result>(code: string): Promise<Result> {
    return this.call.page.evaluate(`(async ({ CometChatCalls, CometChat }) => {
      const container = document.getElementById('call-container');
      ${code}
    })(window.app)`) as Promise<Result>;
  }

  /** Listens to events of v5. */
  async listen(...names: readonly string[]): Promise<void> {
    await this.call.page.evaluate((all) => {
      for (const name of all as ['onSessionJoined'])
        window.app.CometChatCalls.addEventListener(name, (detail: unknown) =>
          window.raisedEvents.push({ name, detail: JSON.parse(JSON.stringify(detail ?? null)) }),
        );
    }, names);
  }

  /** Waits until an event was raised, and returns its detail. */
  async event(name: string, occurrence = 1): Promise<unknown> {
    const found = await this.call.page.waitForFunction(
      (wanted, nth) => window.raisedEvents.filter((event) => event.name === wanted)[nth - 1],
      timeoutMs,
      name,
      occurrence,
    );
    return ((await found.jsonValue()) as { readonly detail: unknown }).detail;
  }

  async names(): Promise<readonly string[]> {
    return this.call.page.evaluate(() => window.raisedEvents.map(({ name }) => name));
  }

  /** Waits until there are so many participants in the call. */
  async inCall(participants: number): Promise<void> {
    await this.call.page.waitForFunction(
      (count) => document.querySelector('cometchat-call')?.participants.length === count,
      timeoutMs,
      participants,
    );
  }

  async isEmpty(): Promise<void> {
    await this.call.page.waitForFunction(
      () => document.getElementById('call-container')?.childElementCount === 0,
      timeoutMs,
    );
  }

  /** Waits for an element in the interface of the call. */
  async shows(selector: string): Promise<void> {
    await this.call.page.waitForSelector(`cometchat-call >>> ${selector}`, { timeout: 30_000 });
  }

  async showsNot(selector: string): Promise<void> {
    await this.call.page.waitForSelector(`cometchat-call >>> ${selector}`, {
      timeout: 30_000,
      hidden: true,
    });
  }

  /** Presses a button of the interface, as a user does. */
  async press(selector: string): Promise<void> {
    const button = await this.call.page.waitForSelector(`cometchat-call >>> ${selector}`, {
      timeout: 30_000,
    });
    await button?.click();
  }

  async logged(line: string): Promise<void> {
    await this.call.page.waitForFunction((wanted) => window.app.log.includes(wanted), timeoutMs, line);
  }
}
