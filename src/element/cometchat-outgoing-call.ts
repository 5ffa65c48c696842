import { nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { RingCallType } from '../domain/ring-call.js';
import type { RingEvent, RingView } from '../domain/ring-view.js';
import { base, pill } from '../ui/base.styles.js';
import { phoneDown, x } from '../ui/icons.js';
import { ringCard } from '../ui/ring/ring-card.js';
import { ringCardStyles } from '../ui/ring/ring-card.styles.js';
import { tokens } from '../ui/tokens.styles.js';
import type { Words } from '../ui/words.js';
import { RingElement, type RingElementEvents } from './ring-element.js';

/** How a call that nobody took is explained. */
const outcomes: Readonly<Partial<Record<RingView['status'], (words: Words) => string>>> = {
  unanswered: (words) => words.callUnanswered(),
  rejected: (words) => words.callRejected(),
  busy: (words) => words.callBusy(),
};

/** Whom to call, if it is not one user. */
export interface GroupToCall {
  readonly guid: string;
  readonly name?: string;
  /** The uids of the members. */
  readonly members: readonly string[];
}

/**
 * Places calls for the user whose auth `token` it has, shows them while they ring, and hands an answered call over to
 * the page's `<cometchat-call>`. A button calls without any code:
 * `<button commandfor="…" command="--call-video" value="uid">`.
 *
 * @tag cometchat-outgoing-call
 * @csspart card - The card on top of the page.
 * @csspart avatar - Picture or initials of who is called.
 * @csspart name - The name of who is called.
 * @csspart line - What is going on.
 * @csspart button - Each button.
 * @csspart cancel - The button that takes the call back.
 * @csspart close - The button that closes the card of a call that nobody took.
 * @fires cometchat-ring-accepted - The call was answered.
 * @fires cometchat-ring-rejected - The call was refused, or nobody answered: see `detail.status`.
 * @fires cometchat-ring-ended - The other side ended the call.
 * @fires cometchat-ring-handover - A call is to be joined; cancelable: `<cometchat-call>` then does not.
 * @fires cometchat-ring-error - Something failed; `detail.code` says what.
 */
export class CometChatOutgoingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** The call that came to nothing, until its card is closed. */
  @state() private over: RingView | null = null;
  @state() private cancelling = false;

  /** The call that rings at the other side now. */
  get outgoingCall(): RingView | null {
    const { active } = this.phoneState;
    return active?.status === 'initiated' ? active : null;
  }

  /** Calls a user by uid, or a group. `seconds`: how long it rings, 45 by default. */
  async call(who: string | GroupToCall, type: RingCallType = 'video', seconds = 45): Promise<void> {
    this.over = null;
    try {
      const receiver =
        typeof who === 'string'
          ? ({ type: 'user', uid: who } as const)
          : ({ type: 'group', ...who } as const);
      await this.phone?.call(receiver, type, seconds * 1000);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Takes the call back: like the cancel button. */
  cancel(): void {
    const call = this.outgoingCall;
    if (!call || !this.phone || this.cancelling) return;
    this.cancelling = true;
    this.phone
      .reject(call.sessionId)
      .catch((error: unknown) => this.failed(error))
      .finally(() => (this.cancelling = false));
  }

  override render() {
    const call = this.outgoingCall ?? this.over;
    if (!call) return nothing;
    const { text } = this;
    const live = call === this.outgoingCall;
    const { id, name, picture } = calleeOf(call);
    return ringCard({
      ...{ id, name, picture, live },
      line: live ? text.calling() : (outcomes[call.status]?.(text) ?? ''),
      role: 'dialog',
      speech: this.speech,
      actions: [
        live
          ? {
              name: 'cancel',
              label: text.cancelCall(),
              icon: phoneDown,
              busy: this.cancelling,
              run: () => this.cancel(),
            }
          : { name: 'close', label: text.close(), icon: x, busy: false, run: () => (this.over = null) },
      ],
    });
  }

  protected override updated(): void {
    super.updated();
    this.ring('outgoing', this.cancelling ? null : (this.outgoingCall?.sessionId ?? null));
  }

  protected override obey(event: Event): void {
    const { command, source } = event as Event & { command?: string; source?: HTMLButtonElement | null };
    if (command === '--call-video' && source?.value) void this.call(source.value, 'video');
    if (command === '--call-audio' && source?.value) void this.call(source.value, 'audio');
    if (command === '--cancel-call') this.cancel();
  }

  protected override rang(event: RingEvent, call: RingView): void {
    if (event === 'accepted') this.tell('cometchat-ring-accepted', call);
    if (event === 'rejected') {
      this.over = outcomes[call.status] ? call : null;
      this.tell('cometchat-ring-rejected', call);
    }
    if (event === 'ended' && call.initiator.uid === call.self.uid) this.tell('cometchat-ring-ended', call);
  }
}

function calleeOf({ receiver, parties }: RingView): { id: string; name: string; picture: string } {
  if (receiver.type === 'group')
    return { id: receiver.guid, name: receiver.name || receiver.guid, picture: '' };
  const party = parties.find(({ uid }) => uid === receiver.uid);
  return { id: receiver.uid, name: party?.name || receiver.uid, picture: party?.avatar ?? '' };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-outgoing-call': CometChatOutgoingCall;
  }
  interface HTMLElementEventMap extends RingElementEvents {}
}
