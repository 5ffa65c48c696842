import { html, nothing } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { Emitter } from '../base/emitter.js';
import type { CallFailure } from '../domain/call-error.js';
import { domEventName, type CallDomEvents, type CallEvent } from '../domain/call/call-events.js';
import { idle, type CallState } from '../domain/call/call-state.js';
import { defaultSettings, settingNames, type CallSettings } from '../settings/setting-rows.js';
import type { CallEventsAsValues } from './host/call-events-as-values.js';
import { captureEarly, loadRuntime } from './host/call-loader.js';
import { connectionOf, isSameConnection, type CallConnection } from './host/call-connection.js';
import { registerCall } from './button/page-calls.js';
import { CallMethods } from './call-methods.js';
import type { CallOptions, OpenCall } from './call/call-runtime.js';
import { hostStyles } from './host/host.styles.js';
import { reflectStates } from './host/host-states.js';
import type { LocalizedStrings } from './i18n/localized-strings.js';
import { openFailure, openFailureMessage } from './host/open-failure.js';
import { ElementLifetime } from './host/element-lifetime.js';
import { defineAttributeProperties, settingProperties, settingsOf } from './host/setting-properties.js';

/**
 * A complete video call in one element. It joins as soon as it is in the page and knows a `token`
 * (or, with no server at all, a `session-id` with `signaling="broadcast"`).
 *
 * @tag cometchat-call
 * @slot - Shown until the call is joined.
 * @slot lobby - Replaces the screen before the call.
 * @slot toolbar-start - Custom controls before the built-in ones.
 * @slot toolbar-end - Custom controls after the built-in ones.
 * @slot empty - Shown while no other participant is in the call.
 * @slot ended - Replaces the screen after the call.
 * @cssstate joining - The call is being joined.
 * @cssstate active - In the call.
 * @cssstate reconnecting - In the call, but the connection to the server is interrupted.
 * @cssstate ended - The call is over.
 * @cssstate audio-muted - The local microphone is off.
 * @cssstate video-paused - The local camera is off.
 * @cssstate sharing - The local screen is being shared.
 * @cssstate recording - A participant is recording the call.
 * @cssstate pip - The call is in its picture-in-picture window.
 * @cssstate alone - No other participant is in the call.
 * @cssstate encrypted - All media is encrypted from end to end: frames of everyone who sends were decrypted.
 * @cssstate idle-warning - The idle warning is visible.
 */
export class CometChatCall extends CallMethods {
  static override properties = settingProperties;

  static override styles = hostStyles;

  static {
    defineAttributeProperties(this.prototype);
  }

  /** The call token; setting it joins the call that it names. */
  @property() token = '';

  /** URL of the call server. Default: the token's issuer, else the page's origin. */
  @property({ attribute: 'server-url' }) serverUrl = '';

  /** `broadcast` calls between the tabs of one browser, without any server. */
  @property() signaling: 'server' | 'broadcast' = 'server';

  /** Names the call when there is no token (`signaling="broadcast"`). */
  @property({ attribute: 'session-id' }) sessionId = '';

  /** The local user's name when there is no token (`signaling="broadcast"`). */
  @property({ attribute: 'user-name' }) userName = '';

  /** `light`, `dark`, or empty: the page's colour scheme. */
  @property({ reflect: true, useDefault: true }) theme: '' | 'light' | 'dark' = '';

  /** Text that replaces built-in phrases, by phrase name or by the keys of CometChat's `setLocalizedStringObject`. */
  @property({ attribute: false }) localizedStrings: LocalizedStrings = {};

  /** Every event as a value, before it is dispatched, and every state; for code that does not use DOM events. */
  readonly callEvents = new Emitter<CallEventsAsValues>();

  /** Why the call could not be opened. */
  @state() private failure: CallFailure | undefined;

  /** The current or last call. */
  #connection: CallConnection | null = null;
  #call: OpenCall | undefined;
  /** Aborts with the join attempt, so that code still loading opens nothing. */
  #attempt = new AbortController();
  /** Overrides of the settings at the start of the call. */
  #start: Partial<CallSettings> = {};
  /** Resumes the call or lobby when the page returns from the back/forward cache; `undefined` if there was neither. */
  #resumeAfterCache: (() => void) | undefined;
  /** Whether the call is being closed because the user leaves the page. */
  #pageHidden = false;
  readonly #elementLifetime = new ElementLifetime(this, {
    arrive: (signal) => this.#arrive(signal),
    leave: () => {
      this.#close();
      this.#connection = null;
    },
  });

  constructor() {
    super();
    Object.assign(this, defaultSettings);
  }

  protected override get session(): OpenCall['session'] | undefined {
    return this.#call?.session;
  }

  override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    this.#syncConnection();
    if (this.#call && settingNames.some((name) => changed.has(name)))
      this.#call.updateSettings(settingsOf(this));
    if (changed.has('localizedStrings')) void this.#call?.updateWords(this.localizedStrings);
  }

  override render() {
    return html`<slot></slot>
      <div id="view"></div>
      ${this.failure ? openFailureMessage(this.failure, () => this.#rejoin()) : nothing}`;
  }

  /** Joins the call that the properties name: from a lobby, or after `endSession`. Does nothing while in that call. */
  startSession(): void {
    if (this.#call && this.callState.phase !== 'ended') return this.#call.join();
    this.#rejoin(false);
  }

  #rejoin(lobby?: boolean): void {
    this.#connection = null;
    this.#syncConnection(lobby);
  }

  /** Leaves the call and releases camera, microphone and network. Does nothing outside a call. */
  endSession(): void {
    if (this.callState.phase === 'idle') this.#close();
    else this.session?.commands.endSession();
  }

  #arrive(signal: AbortSignal): void {
    registerCall(this, signal);
    this.addEventListener('command', (event) => this.#onCommand(event), { signal });
    addEventListener('pagehide', () => this.#suspend(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#resumeAfterCache?.(), { signal });
    if (this.hasUpdated) this.#syncConnection();
  }

  #reflect(state: CallState): void {
    reflectStates((name, isSet) => this.setCustomState(name, isSet), state);
    this.callEvents.emit('state', state);
    if (state.phase === 'ended') this.#over();
  }

  /** Notifies the code that started the call that it is gone from this element, whether or not it was joined. */
  #over(): void {
    const { token = '' } = (this.#connection ?? {}) as { readonly token?: string };
    if (token) this.callEvents.emit('over', { token, pageHidden: this.#pageHidden });
  }

  /** Joins the call that the properties name, if it is not the current one. */
  #syncConnection(lobby = settingsOf(this).lobby, start: Partial<CallSettings> = {}): void {
    if (!this.#elementLifetime.isHere) return;
    const connection = connectionOf(this);
    if (isSameConnection(connection, this.#connection)) return;
    if (connection && this.#connection && this.#call?.renew(connection)) {
      this.#connection = connection;
      return;
    }
    this.#close();
    // A listener may have joined already, asked for yet another call, or removed the element.
    if (!this.#elementLifetime.isHere || isSameConnection(connection, this.#connection)) return;
    if (!isSameConnection(connection, connectionOf(this))) return;
    this.#connection = connection;
    this.#start = start;
    if (connection) void this.#open(connection, lobby);
  }

  /** A page may return from the back/forward cache: an ended call stays ended, and a lobby opens again. */
  #suspend(): void {
    const { phase, local } = this.callState;
    this.#resumeAfterCache = undefined;
    if (phase === 'ended' || this.#attempt.signal.aborted) return;
    // A muted microphone or camera stays muted.
    if (this.#call)
      this.#start = {
        startWithAudioMuted: !local.microphone.wanted,
        startWithVideoMuted: !local.camera.wanted,
      };
    this.#resumeAfterCache = () => {
      this.#connection = null;
      this.#syncConnection(phase === 'idle' && settingsOf(this).lobby, this.#start);
    };
    this.#pageHidden = true;
    this.#close();
    this.#pageHidden = false;
  }

  async #open(connection: CallConnection, lobby: boolean): Promise<void> {
    this.failure = undefined;
    const { signal } = (this.#attempt = new AbortController());
    const settings = { ...settingsOf(this), ...this.#start };
    const early = lobby ? undefined : captureEarly(connection, settings, { signal });
    try {
      await this.#openWithin(signal, { connection, lobby, settings, early });
    } catch (error) {
      early?.discard();
      if (signal.aborted) return;
      const detail = openFailure(error);
      this.failure = detail;
      this.#dispatchCallEvent({ name: 'onError', detail });
      this.#over();
    }
  }

  /** Downloads the code of a call, so that a join starts at once. Opens nothing. Rejects with `CHUNK_LOAD_FAILED`. */
  async preload(): Promise<void> {
    await loadRuntime();
  }

  async #openWithin(
    signal: AbortSignal,
    chosen: Pick<CallOptions, 'connection' | 'lobby' | 'settings' | 'early'>,
  ): Promise<void> {
    const { openCall, tokens } = await loadRuntime();
    await this.updateComplete;
    if (signal.aborted) return;
    const stage = this.renderRoot.querySelector('#view');
    if (!stage) return;
    this.adoptStyle(tokens);
    const call = await openCall({
      ...chosen,
      host: this,
      stage,
      localizedStrings: this.localizedStrings,
      dispatchEvent: (event) => this.#dispatchCallEvent(event),
      onState: (state) => this.#reflect(state),
      onNamed: (name) => {
        this.userName = name;
        this.#connection = connectionOf(this);
      },
      onRejoin: () => this.startSession(),
      signal,
    });
    if (!signal.aborted) this.#call = call;
    else call.close();
  }

  #close(): void {
    const [call, attempt] = [this.#call, this.#attempt];
    // The page gets the final events while they are still dispatched.
    call?.session.commands.endSession();
    attempt.abort();
    this.failure = undefined;
    call?.close();
    // A listener may have closed it, and joined another one, already.
    if (this.#attempt !== attempt) return;
    this.#call = undefined;
    this.#reflect(idle);
    this.#over();
  }

  /** Dispatches a call event as its DOM event; returns `false` if the page prevented the default action. */
  #dispatchCallEvent(callEvent: CallEvent): boolean {
    const { name, detail } = callEvent;
    this.callEvents.emit('event', callEvent);
    if (name === 'onCallLayoutChanged') this.mode = detail.mode;
    const cancelable = name === 'onCallEndButtonPressed' || name === 'onRecordingAvailable';
    const event = new CustomEvent(domEventName(name), { detail, bubbles: true, composed: true, cancelable });
    const notPrevented = this.dispatchEvent(event);
    if (notPrevented && name === 'onCallEndButtonPressed') this.session?.hangUp();
    return notPrevented;
  }

  #onCommand(event: Event): void {
    const { command = '' } = event as Event & { readonly command?: string };
    if (command === '--start-session') this.startSession();
    else this.#call?.runCommand(command);
  }
}

export interface CometChatCall {
  /** Listens to an event of the call; its type gives the type of `event.detail`. */
  addEventListener<Type extends keyof CallDomEvents>(
    type: Type,
    listener: (this: CometChatCall, event: CallDomEvents[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call': CometChatCall;
  }
  interface GlobalEventHandlersEventMap extends CallDomEvents {}
}
