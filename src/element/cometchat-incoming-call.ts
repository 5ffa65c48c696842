import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { RingEvent, RingView } from '../domain/ring-view.js';
import { base, pill } from '../ui/base.styles.js';
import { phone as phoneIcon, phoneDown, video } from '../ui/icons.js';
import { ringCard } from '../ui/ring/ring-card.js';
import { ringCardStyles } from '../ui/ring/ring-card.styles.js';
import { notifyOfCall } from '../ui/ring/ring-notification.js';
import { tokens } from '../ui/tokens.styles.js';
import { RingElement } from './ring-element.js';

/**
 * Rings when somebody calls the user whose auth `token` it has, and hands an accepted call over to the page's
 * `<cometchat-call>`. Draws nothing while nothing rings.
 *
 * @tag cometchat-incoming-call
 * @csspart card - The card on top of the page.
 * @csspart avatar - The caller's picture or initials.
 * @csspart name - The caller's name.
 * @csspart line - What kind of call it is.
 * @csspart button - Both buttons.
 * @csspart accept - The accept button.
 * @csspart decline - The decline button.
 * @fires cometchat-ring-incoming - A call rings here.
 * @fires cometchat-ring-incoming-cancelled - It stopped: taken back, not answered, or dealt with on another device.
 * @fires cometchat-ring-ended - The other side ended the call.
 * @fires cometchat-ring-handover - A call is to be joined; cancelable: `<cometchat-call>` then does not.
 * @fires cometchat-ring-error - Something failed; `detail.code` says what.
 */
export class CometChatIncomingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** Whether further calls ring too while in a call; otherwise they are told that the user is busy. */
  @property({ type: Boolean, attribute: 'call-waiting' }) callWaiting = false;

  @state() private answering: string | null = null;

  #notified: { readonly sessionId: string; readonly life: AbortController } | undefined;

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
    const call = this.incomingCall;
    const { text } = this;
    if (!call || this.#isRefused(call)) return nothing;
    const { initiator, sessionId, type } = call;
    const busy = this.answering === sessionId;
    const name = initiator.name || initiator.uid;
    const said = type === 'video' ? text.saidIncomingVideoCall(name) : text.saidIncomingVoiceCall(name);
    return html`<div class="unseen" role="alert">${said}</div>
      ${ringCard({
        id: initiator.uid,
        name,
        picture: initiator.avatar,
        line: type === 'video' ? text.incomingVideoCall() : text.incomingVoiceCall(),
        live: true,
        role: 'alertdialog',
        speech: this.speech,
        actions: [
          { name: 'decline', label: text.decline(), icon: phoneDown, busy, run: () => this.decline() },
          {
            name: 'accept',
            label: text.accept(),
            icon: type === 'video' ? video : phoneIcon,
            busy,
            run: () => this.accept(),
          },
        ],
      })}`;
  }

  protected override updated(): void {
    super.updated();
    for (const call of this.phoneState.ringing) if (this.#isRefused(call)) this.#sayBusy(call);
    const call = this.incomingCall;
    const shown = call && !this.#isRefused(call) ? call : null;
    this.ring('incoming', shown && this.answering !== shown.sessionId ? shown.sessionId : null);
    this.#notify(shown);
  }

  protected override obey(event: Event): void {
    const { command } = event as Event & { readonly command?: string };
    if (command === '--accept-call') this.accept();
    if (command === '--decline-call') this.decline();
  }

  protected override rang(event: RingEvent, call: RingView): void {
    if (event === 'incoming' && this.#isRefused(call)) return;
    if (event === 'incoming') this.tell('cometchat-ring-incoming', call);
    if (event === 'incoming-cancelled') this.tell('cometchat-ring-incoming-cancelled', call);
    if (event === 'ended' && call.initiator.uid !== call.self.uid) this.tell('cometchat-ring-ended', call);
  }

  /** The user is in another call, and wants no second. */
  #isRefused({ sessionId }: RingView): boolean {
    const { active } = this.phoneState;
    return !this.callWaiting && active !== null && active.sessionId !== sessionId;
  }

  #sayBusy({ sessionId }: RingView): void {
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

  #notify(call: RingView | null): void {
    if (call?.sessionId === this.#notified?.sessionId) return;
    this.#notified?.life.abort();
    this.#notified = undefined;
    if (!call) return;
    const life = new AbortController();
    this.#notified = { sessionId: call.sessionId, life };
    const { text } = this;
    notifyOfCall({
      title: call.initiator.name || call.initiator.uid,
      body: call.type === 'video' ? text.incomingVideoCall() : text.incomingVoiceCall(),
      picture: call.initiator.avatar,
      id: call.sessionId,
      signal: life.signal,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-incoming-call': CometChatIncomingCall;
  }
}
