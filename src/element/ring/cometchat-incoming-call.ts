import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import { toBoolean, settingRows } from '../../settings/setting-rows.js';
import { base, pill } from '../../ui/base/styles/base.styles.js';
import { phone as phoneIcon, phoneDown, video, x } from '../../ui/base/icons/icons.js';
import { ringCard, type RingAction } from '../../ui/ring/ring-card.js';
import { ringCardStyles } from '../../ui/ring/ring-card.styles.js';
import { RingNotification } from '../../ui/ring/ring-notification.js';
import { ringWords } from '../../ui/ring/ring-words.js';
import { tokens } from '../../ui/base/styles/tokens.styles.js';
import { RingElement } from './ring-element.js';

/** Read like every switch of `<cometchat-call>` that is off by default. */
const switchText = { fromAttribute: settingRows.lobby.parse };

/**
 * Rings when the user of the auth `token` is called, and hands an accepted call over to the page's `<cometchat-call>`.
 * Shows a missed call until it is dismissed; otherwise renders nothing.
 *
 * @tag cometchat-incoming-call
 * @csspart card - The card on top of the page.
 * @csspart avatar - The caller's avatar image or initials.
 * @csspart name - The caller's name.
 * @csspart line - What kind of call it is.
 * @csspart button - Every button.
 * @csspart accept - The accept button.
 * @csspart decline - The decline button.
 * @csspart call - The button that calls back after a missed call.
 * @csspart close - The button that closes the card of a missed call.
 * @fires cometchat-ring-incoming - A call rings here.
 * @fires cometchat-ring-incoming-cancelled - It stopped: taken back, not answered, or dealt with on another device.
 * @fires cometchat-ring-ended - The other side ended the call.
 * @fires cometchat-ring-handover - A call is to be joined; cancelable: `<cometchat-call>` then does not.
 * @fires cometchat-ring-error - A failure; see `detail.code`.
 */
export class CometChatIncomingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** Whether further calls ring while the user is in a call; otherwise they are answered as busy. */
  @property({ converter: switchText, attribute: 'call-waiting' }) callWaiting = false;

  /** Whether missed calls are not shown: the page does that itself, or need not. */
  @property({ converter: switchText, attribute: 'hide-missed-calls' }) hideMissedCalls = false;

  @state() private answering: string | null = null;
  @state() private missed: RingView | null = null;

  readonly #busyRejected = new Set<string>();
  readonly #notification = new RingNotification();

  /** The call that rings here now. */
  get incomingCall(): RingView | null {
    return this.phoneState.ringing[0] ?? null;
  }

  /** Takes the call that rings: like the accept button. */
  accept(): void {
    const call = this.incomingCall;
    if (call) this.#answer(call, (phone) => phone.accept(call.sessionId));
  }

  /** Refuses the call that rings: like the decline button. */
  decline(): void {
    const call = this.incomingCall;
    if (call) this.#answer(call, (phone) => phone.reject(call.sessionId));
  }

  override render() {
    const call = this.#currentCall();
    if (!call) return nothing;
    const { text } = this;
    const { initiator, type } = call;
    const name = nameOf(call);
    const isMissed = call === this.missed;
    const announcement =
      type === 'video'
        ? ringWords(text).announceIncomingVideoCall(name)
        : ringWords(text).announceIncomingVoiceCall(name);
    const statusText = this.#statusText(call);
    return html`<div class="unseen" role="alert">${isMissed ? `${name}, ${statusText}` : announcement}</div>
      ${ringCard({
        id: initiator.uid,
        name,
        avatar: initiator.avatar,
        statusText,
        isRinging: !isMissed,
        role: isMissed ? 'dialog' : 'alertdialog',
        locale: this.locale,
        actions: isMissed ? this.#missedActions(call) : this.#answerActions(call),
      })}`;
  }

  protected override updated(): void {
    super.updated();
    for (const call of this.phoneState.ringing) if (this.#isRefused(call)) this.#rejectBusy(call);
    const shown = this.#currentCall();
    const isRinging = shown !== this.missed && this.answering !== shown?.sessionId;
    this.playRingtone('incoming', isRinging ? (shown?.sessionId ?? null) : null);
    this.#notification.update(
      shown && {
        title: nameOf(shown),
        body: this.#statusText(shown),
        icon: shown.initiator.avatar,
        id: shown.sessionId,
      },
    );
  }

  protected override willUpdate(): void {
    const { active } = this.phoneState;
    const caller = this.missed?.initiator.uid;
    // They are talking now: nothing was missed.
    if (active?.parties.some(({ uid }) => uid === caller)) this.missed = null;
  }

  protected override reset(): void {
    this.missed = null;
    this.answering = null;
    this.#busyRejected.clear();
  }

  protected override onCommand(event: Event): void {
    const { command } = event as Event & { readonly command?: string };
    if (command === '--accept-call') this.accept();
    if (command === '--decline-call') this.decline();
  }

  protected override onRingEvent(event: RingEvent, call: RingView): void {
    if (event === 'incoming' && this.#isRefused(call)) return;
    if (event === 'incoming') {
      // A caller who calls again need not be called back.
      if (call.initiator.uid === this.missed?.initiator.uid) this.missed = null;
      this.dispatch('cometchat-ring-incoming', call);
    }
    if (event === 'incoming-cancelled') {
      if (call.self.state === 'missed' && !toBoolean(this.hideMissedCalls)) this.missed = call;
      this.dispatch('cometchat-ring-incoming-cancelled', call);
    }
    if (event === 'ended' && call.initiator.uid !== call.self.uid)
      this.dispatch('cometchat-ring-ended', call);
  }

  /** What there is a card for: a call that rings, or, while the phone is free, the one that was missed. */
  #currentCall(): RingView | null {
    const call = this.incomingCall;
    if (call && !this.#isRefused(call)) return call;
    return this.phoneState.active ? null : this.missed;
  }

  #statusText({ type, sessionId }: RingView): string {
    const { text } = this;
    if (sessionId === this.missed?.sessionId) return ringWords(text).missedCall();
    return type === 'video' ? ringWords(text).incomingVideoCall() : ringWords(text).incomingVoiceCall();
  }

  #answerActions({ sessionId, type }: RingView): readonly RingAction[] {
    const { text } = this;
    const busy = this.answering === sessionId;
    return [
      { name: 'decline', label: text.decline(), icon: phoneDown, busy, run: () => this.decline() },
      { name: 'accept', label: text.accept(), icon: iconOf(type), busy, run: () => this.accept() },
    ];
  }

  /** After a missed group call, only its caller is called back. */
  #missedActions({ initiator, type }: RingView): readonly RingAction[] {
    const { text } = this;
    const close = (): void => void (this.missed = null);
    const call = (): void => {
      close();
      this.phone
        ?.call({ type: 'user', uid: initiator.uid }, type)
        .catch((error: unknown) => this.failed(error));
    };
    return [
      { name: 'close', label: text.close(), icon: x, busy: false, run: close },
      { name: 'call', label: ringWords(text).callBack(), icon: iconOf(type), busy: false, run: call },
    ];
  }

  /** The user is in another call and does not want a second one. */
  #isRefused({ sessionId }: RingView): boolean {
    const { active } = this.phoneState;
    return !toBoolean(this.callWaiting) && active !== null && active.sessionId !== sessionId;
  }

  #rejectBusy({ sessionId }: RingView): void {
    if (this.#busyRejected.has(sessionId)) return;
    this.#busyRejected.add(sessionId);
    this.phone?.reject(sessionId, 'busy').catch((error: unknown) => this.failed(error));
  }

  #answer(
    call: RingView,
    respond: (phone: NonNullable<CometChatIncomingCall['phone']>) => Promise<unknown>,
  ): void {
    const { phone } = this;
    if (!phone || this.answering === call.sessionId) return;
    this.answering = call.sessionId;
    respond(phone)
      .catch((error: unknown) => this.failed(error))
      .finally(() => (this.answering = null));
  }
}

function nameOf({ initiator }: RingView): string {
  return initiator.name || initiator.uid;
}

function iconOf(type: RingView['type']) {
  return type === 'video' ? video : phoneIcon;
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-incoming-call': CometChatIncomingCall;
  }
}
