import { property, state } from 'lit/decorators.js';
import { asCallError, type CallError } from '../../domain/call-error.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import { serverUrl } from '../../protocol/server-url.js';
import type { Phone, PhoneState } from '../../session/ring/phone.js';
import { normalized } from '../../settings/setting-rows.js';
import { CardFocus } from '../../ui/ring/card-focus.js';
import { playTone, type ToneName } from '../../ui/ring/ring-tone.js';
import { LocaleController, type LocaleState } from '../../ui/i18n/locale-controller.js';
import { wordsWith, type WordOverrides, type Words } from '../../ui/words/words.js';
import { SpellingElement } from '../host/attribute-spellings.js';
import type { CometChatCall } from '../cometchat-call.js';
import { ElementLifetime } from '../host/element-lifetime.js';
import { sharedPhone, uidOf } from './shared-phone.js';

/** Details of the events of the ringing elements. */
export interface RingElementEvents {
  /** A call rings here. */
  'cometchat-ring-incoming': CustomEvent<RingView>;
  /** It stopped: taken back, not answered in time, or dealt with on another device. */
  'cometchat-ring-incoming-cancelled': CustomEvent<RingView>;
  /** The call that was placed here was answered. */
  'cometchat-ring-accepted': CustomEvent<RingView>;
  /** The outgoing call was rejected or not answered; see its `status`. */
  'cometchat-ring-rejected': CustomEvent<RingView>;
  /** The other side ended the call. */
  'cometchat-ring-ended': CustomEvent<RingView>;
  /** A call is to be joined. `<cometchat-call>` does, unless this is prevented. */
  'cometchat-ring-handover': CustomEvent<{ readonly call: RingView; readonly token: string }>;
  /** A request of the element failed; `detail` is the CallError. */
  'cometchat-ring-error': CustomEvent<CallError>;
}

/** The base of both ringing elements: phone, ringtone, language, and the handover of an answered call. */
export abstract class RingElement extends SpellingElement {
  /** The user's auth token, with which the user can call and be called. */
  @property() token = '';

  /** URL of the call server. Default: the page's origin. */
  @property({ attribute: 'server-url' }) serverUrl = '';

  /** Id of the `<cometchat-call>` that takes answered calls. Default: the first of the page. */
  @property() for = '';

  /** URL of a ringtone; `none`: silent; empty: the built-in tone. */
  @property({ attribute: 'ring-tone' }) ringTone = '';

  /** `light`, `dark`, or empty: the page's colour scheme. */
  @property({ reflect: true, useDefault: true }) theme: '' | 'light' | 'dark' = '';

  /** Text that replaces ours. */
  @property({ attribute: false }) words: WordOverrides = {};

  /** The text of the card, in the language of the page around the element. */
  @state() protected locale: LocaleState = { tag: 'en', wanted: 'en', dir: '' };

  @state() protected phoneState: PhoneState = noCalls;

  protected phone: Phone | undefined;
  readonly #focus = new CardFocus();
  readonly #connectedLife = new ElementLifetime(this, {
    arrive: (signal) => {
      this.addEventListener('command', (event) => this.onCommand(event), { signal });
      if (this.hasUpdated) this.#syncPhone();
    },
    leave: () => this.#hangUp(),
  });
  #connection = '';
  #token = '';
  #lifetime = new AbortController();
  #tone: { readonly name: string; readonly lifetime: AbortController } | undefined;

  constructor() {
    super();
    new LocaleController(this, this, (locale) => void (this.locale = locale));
  }

  protected override updated(): void {
    this.#syncPhone();
    const card = this.renderRoot.querySelector<HTMLElement>('[popover]');
    if (card && !card.matches(':popover-open')) card.showPopover();
    this.#focus.update(card);
  }

  /** What a button of the page commands. */
  protected abstract onCommand(event: Event): void;

  /** Something happened to a call. */
  protected abstract onRingEvent(event: RingEvent, call: RingView): void;

  protected get text(): Words {
    return wordsWith(this.words, this.locale.tag, this.locale.templates);
  }

  protected dispatch<Name extends keyof RingElementEvents>(
    name: Name,
    detail: RingElementEvents[Name]['detail'],
  ): boolean {
    const cancelable = name === 'cometchat-ring-handover';
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** The phone belongs to another user, or there is none: hides the state of the previous one. */
  protected abstract reset(): void;

  /** Tells the page why something could not be done. */
  protected failed(error: unknown): void {
    this.dispatch('cometchat-ring-error', asCallError(error));
  }

  /** Rings for a call; for `null`, or once the next one begins, it is silent. */
  protected playRingtone(name: ToneName, sessionId: string | null): void {
    const wanted =
      sessionId === null || normalized(this.ringTone) === 'none'
        ? undefined
        : `${sessionId} ${this.ringTone}`;
    if (wanted === this.#tone?.name) return;
    this.#tone?.lifetime.abort();
    this.#tone = undefined;
    if (wanted === undefined) return;
    const lifetime = new AbortController();
    this.#tone = { name: wanted, lifetime };
    playTone(name, { source: this.ringTone, signal: lifetime.signal });
  }

  #syncPhone(): void {
    const connection = this.token && `${this.serverUrl} ${uidOf(this.token)}`;
    if (!this.#connectedLife.isHere || (connection === this.#connection && this.token === this.#token))
      return;
    const isSameUser = connection === this.#connection && this.phone !== undefined;
    this.#token = this.token;
    if (isSameUser && !this.phone?.isRevoked) return this.phone?.renewToken(this.token);
    if (isSameUser) return this.#replacePhone();
    this.#hangUp();
    this.#connection = connection;
    if (connection) this.#open();
  }

  /** The server refused the previous token. A call goes on meanwhile. */
  #replacePhone(): void {
    const previous = this.#lifetime;
    this.#open();
    previous.abort();
  }

  /** `undefined`: what is given is no address, and that has been reported. */
  #url(): string | undefined {
    try {
      return serverUrl(String(this.serverUrl ?? '').trim() || '/', { page: location.href });
    } catch (error) {
      this.failed(asCallError(error));
      return undefined;
    }
  }

  #open(): void {
    const url = this.#url();
    if (url === undefined) return;
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    const phone = sharedPhone(
      this.ownerDocument,
      { url, authToken: this.token },
      {
        target: () => this.#target(),
        dispatchHandover: (call, token) => this.dispatch('cometchat-ring-handover', { call, token }),
        onError: (error) => this.failed(error),
      },
      signal,
    );
    this.phone = phone;
    phone.events.on('ring', ({ event, call }) => this.onRingEvent(event, call), { signal });
    signal.addEventListener(
      'abort',
      phone.store.subscribe((state) => (this.phoneState = state)),
      { once: true },
    );
    this.phoneState = phone.store.get();
  }

  #target(): CometChatCall | null {
    const root = this.getRootNode() as Document | ShadowRoot;
    const named = this.for ? root.getElementById(this.for) : root.querySelector('cometchat-call');
    return named as CometChatCall | null;
  }

  #hangUp(): void {
    this.#lifetime.abort();
    this.playRingtone('incoming', null);
    this.phone = undefined;
    this.#connection = '';
    this.phoneState = noCalls;
    this.reset();
  }
}

const noCalls: PhoneState = { user: null, ringing: [], active: null };
