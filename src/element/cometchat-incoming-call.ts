import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { RingEvent, RingView } from '../domain/ring-view.js';
import { isOn, settingRows } from '../settings/setting-rows.js';
import { base, pill } from '../ui/base.styles.js';
import { phone as phoneIcon, phoneDown, video, x } from '../ui/icons.js';
import { ringCard, type RingAction } from '../ui/ring/ring-card.js';
import { ringCardStyles } from '../ui/ring/ring-card.styles.js';
import { RingNotice } from '../ui/ring/ring-notification.js';
import { ringWords } from '../ui/ring/ring-words.js';
import { tokens } from '../ui/tokens.styles.js';
import { RingElement } from './ring-element.js';

/** Read like every switch of `<cometchat-call>` that is off by default. */
const switchText = { fromAttribute: settingRows.lobby.parse };

/**
 * Rings when somebody calls the user whose auth `token` it has, and hands an accepted call over to the page's
 * `<cometchat-call>`. Afterwards it says that a call was missed, until that is closed. Else it draws nothing.
 *
 * @tag cometchat-incoming-call
 * @csspart card - The card on top of the page.
 * @csspart avatar - The caller's picture or initials.
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
 * @fires cometchat-ring-error - Something failed; `detail.code` says what.
 */
export class CometChatIncomingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** Whether further calls ring too while in a call; otherwise they are told that the user is busy. */
  @property({ converter: switchText, attribute: 'call-waiting' }) callWaiting = false;

  /** Whether missed calls are not shown: the page does that itself, or need not. */
  @property({ converter: switchText, attribute: 'hide-missed-calls' }) hideMissedCalls = false;

  @state() private answering: string | null = null;
  @state() private missed: RingView | null = null;

  readonly #toldBusy = new Set<string>();
  readonly #notice = new RingNotice();

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
    const call = this.#shown();
    if (!call) return nothing;
    const { text } = this;
    const { initiator, type } = call;
    const name = nameOf(call);
    const isMissed = call === this.missed;
    const rings =
      type === 'video'
        ? ringWords(text).saidIncomingVideoCall(name)
        : ringWords(text).saidIncomingVoiceCall(name);
    const line = this.#line(call);
    return html`<div class="unseen" role="alert">${isMissed ? `${name}, ${line}` : rings}</div>
      ${ringCard({
        id: initiator.uid,
        name,
        picture: initiator.avatar,
        line,
        live: !isMissed,
        role: isMissed ? 'dialog' : 'alertdialog',
        speech: this.speech,
        actions: isMissed ? this.#afterwards(call) : this.#answers(call),
      })}`;
  }

  protected override updated(): void {
    super.updated();
    for (const call of this.phoneState.ringing) if (this.#isRefused(call)) this.#sayBusy(call);
    const shown = this.#shown();
    const rings = shown !== this.missed && this.answering !== shown?.sessionId;
    this.ring('incoming', rings ? (shown?.sessionId ?? null) : null);
    this.#notice.follow(
      shown && {
        title: nameOf(shown),
        body: this.#line(shown),
        picture: shown.initiator.avatar,
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

  protected override forget(): void {
    this.missed = null;
    this.answering = null;
    this.#toldBusy.clear();
  }

  protected override obey(event: Event): void {
    const { command } = event as Event & { readonly command?: string };
    if (command === '--accept-call') this.accept();
    if (command === '--decline-call') this.decline();
  }

  protected override rang(event: RingEvent, call: RingView): void {
    if (event === 'incoming' && this.#isRefused(call)) return;
    if (event === 'incoming') {
      // Whoever calls again is not to be called back.
      if (call.initiator.uid === this.missed?.initiator.uid) this.missed = null;
      this.tell('cometchat-ring-incoming', call);
    }
    if (event === 'incoming-cancelled') {
      if (call.self.state === 'missed' && !isOn(this.hideMissedCalls)) this.missed = call;
      this.tell('cometchat-ring-incoming-cancelled', call);
    }
    if (event === 'ended' && call.initiator.uid !== call.self.uid) this.tell('cometchat-ring-ended', call);
  }

  /** What there is a card for: a call that rings, or, while the phone is free, the one that was missed. */
  #shown(): RingView | null {
    const call = this.incomingCall;
    if (call && !this.#isRefused(call)) return call;
    return this.phoneState.active ? null : this.missed;
  }

  #line({ type, sessionId }: RingView): string {
    const { text } = this;
    if (sessionId === this.missed?.sessionId) return ringWords(text).missedCall();
    return type === 'video' ? ringWords(text).incomingVideoCall() : ringWords(text).incomingVoiceCall();
  }

  #answers({ sessionId, type }: RingView): readonly RingAction[] {
    const { text } = this;
    const busy = this.answering === sessionId;
    return [
      { name: 'decline', label: text.decline(), icon: phoneDown, busy, run: () => this.decline() },
      { name: 'accept', label: text.accept(), icon: iconOf(type), busy, run: () => this.accept() },
    ];
  }

  /** Whoever called a group is called back alone. */
  #afterwards({ initiator, type }: RingView): readonly RingAction[] {
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

  /** The user is in another call, and wants no second. */
  #isRefused({ sessionId }: RingView): boolean {
    const { active } = this.phoneState;
    return !isOn(this.callWaiting) && active !== null && active.sessionId !== sessionId;
  }

  #sayBusy({ sessionId }: RingView): void {
    if (this.#toldBusy.has(sessionId)) return;
    this.#toldBusy.add(sessionId);
    this.phone?.reject(sessionId, 'busy').catch((error: unknown) => this.failed(error));
  }

  #answer(
    call: RingView,
    ask: (phone: NonNullable<CometChatIncomingCall['phone']>) => Promise<unknown>,
  ): void {
    const { phone } = this;
    if (!phone || this.answering === call.sessionId) return;
    this.answering = call.sessionId;
    ask(phone)
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
