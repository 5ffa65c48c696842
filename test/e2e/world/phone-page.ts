import type { CometChatIncomingCall } from '../../../src/element/ring/cometchat-incoming-call.js';
import type {
  CometChatOutgoingCall,
  GroupToCall,
} from '../../../src/element/ring/cometchat-outgoing-call.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import type { RingView } from '../../../src/domain/ring/ring-view.js';
import type { CallPage } from './call-page.js';
import { nameOf, secret, type BrowserName, type CallWorld } from './call-world.js';
import { expiredToken } from '../../server/harness/expired-token.js';

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-incoming-call': CometChatIncomingCall;
    'cometchat-outgoing-call': CometChatOutgoingCall;
  }
}

export type RingTag = 'cometchat-incoming-call' | 'cometchat-outgoing-call';

/** What a card says. */
interface Card {
  readonly name: string;
  readonly role: string;
  readonly open: boolean;
  readonly buttons: readonly string[];
}

const timeoutMs = { timeout: 30_000, polling: 50 } as const;

/** A page with three tags, signed in by a token: a phone. */
export class PhonePage {
  #tokens = 0;

  private constructor(
    readonly call: CallPage,
    readonly uid: string,
    private readonly name: string,
  ) {}

  static async open(
    world: CallWorld,
    uid: string,
    options: {
      readonly browser?: BrowserName;
      readonly profile?: string;
      readonly name?: string;
      readonly before?: () => void;
    } = {},
  ): Promise<PhonePage> {
    const { browser = 'chromium', profile = '', name = nameOf(uid), before } = options;
    const page = await world.page(browser, { profile, path: '/phone.html', ...(before && { before }) });
    const made = new PhonePage(page, uid, name);
    await made.signIn();
    return made;
  }

  /** Loads the page anew, as its user does. */
  async reload(): Promise<void> {
    await this.call.page.reload();
    await this.call.page.waitForFunction(() => customElements.get('cometchat-incoming-call'), timeoutMs);
    await this.signIn();
  }

  /** Calls, and does not wait for what becomes of it. */
  async dial(who: string | GroupToCall, seconds?: number): Promise<void> {
    await this.call.page.evaluate(
      (callee, time) => void document.querySelector('cometchat-outgoing-call')?.call(callee, 'video', time),
      who,
      seconds,
    );
  }

  /** Waits for the card of an element that says `line`. */
  async card(tag: RingTag, line: string): Promise<Card> {
    const found = await this.call.page.waitForFunction(
      (selector, wanted) => {
        const root = document.querySelector(selector)?.shadowRoot;
        const shown = root?.querySelector('[part=card]');
        if (shown?.querySelector('[part=line]')?.textContent !== wanted) return undefined;
        return {
          name: shown.querySelector('[part=name]')?.textContent ?? '',
          role: shown.getAttribute('role') ?? '',
          open: shown.matches(':popover-open'),
          buttons: [...shown.querySelectorAll('button')].map((button) => button.textContent.trim()),
        };
      },
      timeoutMs,
      tag,
      line,
    );
    return (await found.jsonValue()) as Card;
  }

  rings(): Promise<Card> {
    return this.card('cometchat-incoming-call', 'Incoming video call');
  }

  /** Waits until an element shows no card. */
  async isQuiet(tag: RingTag = 'cometchat-incoming-call'): Promise<void> {
    await this.call.page.waitForFunction(
      (selector) => !document.querySelector(selector)?.shadowRoot?.querySelector('[part=card]'),
      timeoutMs,
      tag,
    );
  }

  /** Presses a button of whichever card has it. */
  async press(part: 'accept' | 'decline' | 'cancel' | 'call' | 'close'): Promise<void> {
    await this.call.page.evaluate((wanted) => {
      for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
        document
          .querySelector(tag)
          ?.shadowRoot?.querySelector<HTMLElement>(`button[part~=${wanted}]`)
          ?.click();
    }, part);
  }

  /** Waits for an event of ringing, named without `cometchat-ring-`. */
  async event(name: string, occurrence = 1): Promise<RingView> {
    return (await this.call.event(name, occurrence)).detail as RingView;
  }

  /** The events of ringing, in their order. */
  async names(): Promise<readonly string[]> {
    return (await this.call.eventNames()).filter((name) => !name.startsWith('on'));
  }

  /** The call this page takes part in and those that ring here, as the page itself knows it. */
  async state(): Promise<{ readonly active: string | null; readonly ringing: readonly string[] }> {
    return this.call.page.evaluate(() => {
      const { active, ringing } = (document.querySelector('cometchat-incoming-call') as unknown as Inner)
        .phoneState;
      return { active: active?.sessionId ?? null, ringing: ringing.map(({ sessionId }) => sessionId) };
    });
  }

  async hangUp(): Promise<void> {
    await this.call.page.evaluate(() => document.querySelector('cometchat-call')?.endSession());
  }

  /** Gives the tags a token: for the first time, or a fresh one. */
  async signIn({ isExpired = false } = {}): Promise<void> {
    // Each differs from those before it.
    const expiresIn = 3600 + (this.#tokens += 1);
    const fresh = createAuthToken({ secret, user: { uid: this.uid, name: this.name }, expiresIn });
    const token = isExpired ? await expiredToken(fresh, secret, 3600) : await fresh;
    await this.call.page.evaluate((given) => {
      const names = ['incoming', 'incoming-cancelled', 'accepted', 'rejected', 'ended', 'handover', 'error'];
      for (const name of names)
        document.addEventListener(`cometchat-ring-${name}`, (event) => {
          const detail = JSON.parse(JSON.stringify((event as CustomEvent).detail)) as unknown;
          window.observed.events.push({ element: 'ring', name, detail, at: Date.now() });
        });
      for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
        document.querySelector(tag)?.setAttribute('token', given);
    }, token);
    await this.call.page.waitForFunction(
      () => (document.querySelector('cometchat-incoming-call') as unknown as Inner).phoneState.user !== null,
      timeoutMs,
    );
  }
}

type Inner = Pick<CometChatIncomingCall, 'incomingCall'> & {
  readonly phoneState: {
    readonly user: unknown;
    readonly active: RingView | null;
    readonly ringing: readonly RingView[];
  };
};
