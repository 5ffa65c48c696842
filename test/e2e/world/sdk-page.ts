import { readFileSync } from 'node:fs';
import type { CometChat as Chat } from '../../../src/chat.js';
import type { CometChatCalls as Calls } from '../../../src/facade/comet-chat-calls.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import type { CallPage } from './call-page.js';
import { nameOf, secret, type CallWorld } from './call-world.js';

declare global {
  interface Window {
    CometChat: typeof Chat;
    CometChatCalls: typeof Calls;
    /** What the application logged, and what came of it. */
    logged: unknown[][];
    notifications: { readonly name: string; readonly detail: unknown; readonly at: number }[];
  }
}

const timeoutMs = { timeout: 30_000, polling: 50 } as const;

/** A page of an application that is written for CometChat's SDKs, with its user signed in. */
export class SdkPage {
  private constructor(
    readonly call: CallPage,
    readonly uid: string,
  ) {}

  static async open(world: CallWorld, uid: string): Promise<SdkPage> {
    const call = await world.page('chromium', { path: '/sdk.html', profile: uid });
    const page = new SdkPage(call, uid);
    await page.#begin();
    const authToken = await createAuthToken({ secret, user: { uid, name: nameOf(uid) } });
    await call.page.evaluate((token) => window.CometChat.login(token), authToken);
    return page;
  }

  /** Loads the page anew: its user is still signed in. */
  async reload(): Promise<void> {
    await this.call.page.reload();
    await this.#begin();
  }

  async #begin(): Promise<void> {
    const { page } = this.call;
    await page.waitForFunction(() => 'CometChatCalls' in window, timeoutMs);
    await page.evaluate(async () => {
      window.logged = [];
      window.notifications = [];
      console.log = (...words) =>
        void window.logged.push(words.map((word) => JSON.parse(JSON.stringify(word ?? null))));
      await window.CometChat.init('app', new window.CometChat.AppSettingsBuilder().setRegion('us').build());
      const settings = new window.CometChatCalls.CallAppSettingsBuilder()
        .setAppId('app')
        .setRegion('us')
        .build();
      await window.CometChatCalls.init(settings);
    });
  }

  /** Runs code of a document as it stands, with the names that the document takes for granted. */
  async run(snippet: string, names: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.evaluate(textOf(snippet), names);
  }

  /** Runs a document's piece of a listener, `name: () => {…}`, as part of the listener of a session. */
  async startWith(snippet: string, names: Readonly<Record<string, unknown>>): Promise<void> {
    const listener = `({\n${textOf(snippet)}\n})`;
    const start = `const settings = new CometChatCalls.CallSettingsBuilder().setCallListener(${listener}).build();
      await CometChatCalls.startSession(callToken, settings, document.getElementById('call-container'));`;
    await this.evaluate(start, names);
  }

  async evaluate(code: string, names: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.call.page.evaluate(
      async (text, keys, values) => {
        const AsyncFunction = (async () => undefined).constructor as new (
          ...words: string[]
        ) => (...args: unknown[]) => Promise<void>;
        await new AsyncFunction(...keys, text)(...values);
      },
      code,
      Object.keys(names),
      Object.values(names),
    );
  }

  /** Waits until the application has logged a line that begins so, and returns what else is in it. */
  async logs(beginning: string, occurrence = 1): Promise<readonly unknown[]> {
    const found = await this.call.page.waitForFunction(
      (text, nth) => window.logged.filter(([first]) => first === text)[nth - 1],
      timeoutMs,
      beginning,
      occurrence,
    );
    return ((await found.jsonValue()) as unknown[]).slice(1);
  }

  async lines(): Promise<readonly string[]> {
    return this.call.page.evaluate(() => window.logged.map(([first]) => String(first)));
  }

  /** The codes of the errors that the document's listener has logged. */
  async errors(): Promise<readonly string[]> {
    return this.call.page.evaluate(() =>
      window.logged
        .filter(([first]) => first === 'Call error:')
        .map(([, error]) => (error as { readonly code: string }).code),
    );
  }

  /** Waits until the container shows a call with so many participants. */
  async inCall(participants: number): Promise<void> {
    await this.call.page.waitForFunction(
      (count) =>
        document.querySelector('#call-container cometchat-call') &&
        document.querySelector('cometchat-call')?.participants.length === count,
      timeoutMs,
      participants,
    );
  }

  /** Waits until the container is as it was before the call. */
  async isEmpty(): Promise<void> {
    await this.call.page.waitForFunction(
      () => document.getElementById('call-container')?.childNodes.length === 0,
      timeoutMs,
    );
  }

  /** Presses a button of the built-in interface, as a user does. */
  async press(part: string): Promise<void> {
    const button = await this.call.page.waitForSelector(`cometchat-call >>> [part~="${part}"]`, {
      timeout: 30_000,
    });
    await button?.click();
  }
}

/** A snippet as the document prints it. */
export function textOf(snippet: string): string {
  return readFileSync(new URL(`../../facade/snippets/${snippet}.js`, import.meta.url), 'utf8');
}
