import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { CallError } from '../../domain/call-error.js';
import type { RingCallType } from '../../domain/ring/ring-call.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import type { Phone } from '../../session/ring/phone.js';
import { base, pill } from '../../ui/base/styles/base.styles.js';
import { phone as phoneIcon, phoneDown, x } from '../../ui/base/icons/icons.js';
import { ringCard, type RingAction } from '../../ui/ring/ring-card.js';
import { ringCardStyles } from '../../ui/ring/ring-card.styles.js';
import { ringWords } from '../../ui/ring/ring-words.js';
import { tokens } from '../../ui/base/styles/tokens.styles.js';
import type { Words } from '../../ui/words/words.js';
import { RingElement, type RingElementEvents } from './ring-element.js';

/** The text for a call that was not answered. */
const outcomeText: Readonly<Partial<Record<RingView['status'], (words: Words) => string>>> = {
  unanswered: (words) => ringWords(words).callUnanswered(),
  rejected: (words) => ringWords(words).callRejected(),
  busy: (words) => ringWords(words).callBusy(),
};

/** A call that came to nothing. */
interface CallOutcome extends CallParty {
  readonly statusText: (words: Words) => string;
  /** Calls once more, where that may help. */
  readonly retry: (() => void) | null;
}

/** Whom a card is about. */
interface CallParty {
  readonly id: string;
  readonly name: string;
  readonly avatar: string;
}

/** Whom to call, if it is not one user. */
export interface GroupToCall {
  /** The id of the group in the application. */
  readonly guid: string;
  /** The name that is shown. Default: the id. */
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
 * @csspart avatar - The callee's avatar image or initials.
 * @csspart name - The callee's name.
 * @csspart line - What is going on.
 * @csspart button - Each button.
 * @csspart cancel - The button that takes the call back.
 * @csspart call - The button that tries again.
 * @csspart close - The button that closes the card of an unanswered call.
 * @fires cometchat-ring-accepted - The call was answered.
 * @fires cometchat-ring-rejected - The call was rejected or not answered; see `detail.status`.
 * @fires cometchat-ring-ended - The other side ended the call.
 * @fires cometchat-ring-handover - A call is to be joined; cancelable: `<cometchat-call>` then does not.
 * @fires cometchat-ring-error - A failure; see `detail.code`.
 */
export class CometChatOutgoingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** What became of the last call, until its card is closed. */
  @state() private outcome: CallOutcome | null = null;
  @state() private cancelling = false;

  /** Places the last call once more. */
  #retry: (() => void) | null = null;
  #isPlacing = false;

  /** The call that rings at the other side now. */
  get outgoingCall(): RingView | null {
    const { active } = this.phoneState;
    return active?.status === 'initiated' ? active : null;
  }

  /** Calls a user by uid, or a group. `seconds`: how long it rings, 45 by default. */
  async call(callee: string | GroupToCall, type: RingCallType = 'video', seconds = 45): Promise<void> {
    if (this.#isPlacing) return; // A double click.
    this.#isPlacing = true;
    const retry = (): void => void this.call(callee, type, seconds);
    this.outcome = null;
    try {
      const receiver = receiverOf(callee);
      if (!this.phone) throw new CallError('TOKEN_MISSING');
      await this.phone.call(receiver, type, seconds * 1000);
      this.#retry = retry;
    } catch (error) {
      this.failed(error);
      // A user in a call keeps seeing that call.
      if (!this.phoneState.active)
        this.outcome = { ...partyOf(callee), statusText: (words) => ringWords(words).callFailed(), retry };
    } finally {
      this.#isPlacing = false;
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
    const call = this.outgoingCall;
    const shown = call ? partyOfCall(call) : this.outcome;
    const statusText = call ? ringWords(this.text).calling() : (this.outcome?.statusText(this.text) ?? '');
    // A live region must exist before its text changes, or screen readers do not announce it.
    return html`<div class="unseen" role="status">${shown ? `${shown.name}, ${statusText}` : ''}</div>
      ${
        shown
          ? ringCard({
              ...shown,
              ...{ statusText, isRinging: call !== null, role: 'dialog', locale: this.locale },
              actions: call ? [this.#cancelAction()] : this.#outcomeActions(),
            })
          : nothing
      }`;
  }

  #cancelAction(): RingAction {
    const { cancelling: busy, text } = this;
    return {
      name: 'cancel',
      label: ringWords(text).cancelCall(),
      icon: phoneDown,
      busy,
      run: () => this.cancel(),
    };
  }

  #outcomeActions(): readonly RingAction[] {
    const { text, outcome } = this;
    const close = (): void => void (this.outcome = null);
    const closeAction = { name: 'close', label: text.close(), icon: x, busy: false, run: close } as const;
    if (!outcome?.retry) return [closeAction];
    return [
      closeAction,
      { name: 'call', label: text.tryAgain(), icon: phoneIcon, busy: false, run: outcome.retry },
    ];
  }

  protected override updated(): void {
    super.updated();
    this.playRingtone('outgoing', this.cancelling ? null : (this.outgoingCall?.sessionId ?? null));
  }

  protected override reset(): void {
    this.outcome = null;
    this.#retry = null;
  }

  protected override onCommand(event: Event): void {
    const { command, source } = event as Event & { command?: string; source?: HTMLButtonElement | null };
    if (command === '--call-video' && source?.value) void this.call(source.value, 'video');
    if (command === '--call-audio' && source?.value) void this.call(source.value, 'audio');
    if (command === '--cancel-call') this.cancel();
  }

  protected override onRingEvent(event: RingEvent, call: RingView): void {
    if (event === 'accepted') this.dispatch('cometchat-ring-accepted', call);
    if (event === 'rejected') {
      const statusText = outcomeText[call.status];
      const retry = call.status === 'rejected' ? null : this.#retry;
      this.outcome = statusText ? { ...partyOfCall(call), statusText, retry } : null;
      this.dispatch('cometchat-ring-rejected', call);
    }
    if (event === 'ended' && call.initiator.uid === call.self.uid)
      this.dispatch('cometchat-ring-ended', call);
  }
}

/** In pages without types, a uid may be a number, or missing. */
function receiverOf(callee: unknown): Parameters<Phone['call']>[0] {
  if (isUid(callee)) return { type: 'user', uid: String(callee) };
  if (isGroup(callee)) return { type: 'group', ...callee };
  throw new CallError('INVALID_ARGUMENT', {
    message: 'call() needs the uid of a user, or a group with guid, name and members.',
    details: { argument: 'callee' },
  });
}

function isUid(callee: unknown): callee is string | number {
  return typeof callee === 'string' || typeof callee === 'number';
}

function isGroup(callee: unknown): callee is GroupToCall {
  return typeof callee === 'object' && callee !== null && typeof (callee as GroupToCall).guid === 'string';
}

function partyOf(callee: unknown): CallParty {
  const { guid, name } = isGroup(callee) ? callee : { guid: isUid(callee) ? String(callee) : '', name: '' };
  return { id: guid, name: name || guid, avatar: '' };
}

function partyOfCall({ receiver, parties }: RingView): CallParty {
  if (receiver.type === 'group')
    return { id: receiver.guid, name: receiver.name || receiver.guid, avatar: '' };
  const party = parties.find(({ uid }) => uid === receiver.uid);
  return { id: receiver.uid, name: party?.name || receiver.uid, avatar: party?.avatar ?? '' };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-outgoing-call': CometChatOutgoingCall;
  }
  interface GlobalEventHandlersEventMap extends RingElementEvents {}
}
