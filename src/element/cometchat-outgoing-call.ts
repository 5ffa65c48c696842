import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { CallError } from '../domain/call-error.js';
import type { RingCallType } from '../domain/ring-call.js';
import type { RingEvent, RingView } from '../domain/ring-view.js';
import { base, pill } from '../ui/base.styles.js';
import { phone as phoneIcon, phoneDown, x } from '../ui/icons.js';
import { ringCard, type RingAction } from '../ui/ring/ring-card.js';
import { ringCardStyles } from '../ui/ring/ring-card.styles.js';
import { ringWords } from '../ui/ring/ring-words.js';
import { tokens } from '../ui/tokens.styles.js';
import type { Words } from '../ui/words.js';
import { RingElement, type RingElementEvents } from './ring-element.js';

/** How a call that nobody took is explained. */
const outcomes: Readonly<Partial<Record<RingView['status'], (words: Words) => string>>> = {
  unanswered: (words) => ringWords(words).callUnanswered(),
  rejected: (words) => ringWords(words).callRejected(),
  busy: (words) => ringWords(words).callBusy(),
};

/** A call that came to nothing. */
interface Outcome extends Called {
  readonly line: (words: Words) => string;
  /** Calls once more, where that may help. */
  readonly again: (() => void) | null;
}

/** Whom a card is about. */
interface Called {
  readonly id: string;
  readonly name: string;
  readonly picture: string;
}

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
 * @csspart call - The button that tries again.
 * @csspart close - The button that closes the card of a call that nobody took.
 * @fires cometchat-ring-accepted - The call was answered.
 * @fires cometchat-ring-rejected - The call was refused, or nobody answered: see `detail.status`.
 * @fires cometchat-ring-ended - The other side ended the call.
 * @fires cometchat-ring-handover - A call is to be joined; cancelable: `<cometchat-call>` then does not.
 * @fires cometchat-ring-error - Something failed; `detail.code` says what.
 */
export class CometChatOutgoingCall extends RingElement {
  static override styles = [tokens, base, pill, ringCardStyles];

  /** What became of the last call, until its card is closed. */
  @state() private over: Outcome | null = null;
  @state() private cancelling = false;

  /** Places the last call once more. */
  #again: (() => void) | null = null;
  #isPlacing = false;

  /** The call that rings at the other side now. */
  get outgoingCall(): RingView | null {
    const { active } = this.phoneState;
    return active?.status === 'initiated' ? active : null;
  }

  /** Calls a user by uid, or a group. `seconds`: how long it rings, 45 by default. */
  async call(who: string | GroupToCall, type: RingCallType = 'video', seconds = 45): Promise<void> {
    if (this.#isPlacing) return; // A double click.
    this.#isPlacing = true;
    const again = (): void => void this.call(who, type, seconds);
    this.over = null;
    try {
      if (!this.phone) throw new CallError('TOKEN_MISSING');
      await this.phone.call(
        typeof who === 'string' ? { type: 'user', uid: who } : { type: 'group', ...who },
        type,
        seconds * 1000,
      );
      this.#again = again;
    } catch (error) {
      this.failed(error);
      // Whoever is in a call sees that one.
      if (!this.phoneState.active)
        this.over = { ...namedOf(who), line: (words) => ringWords(words).callFailed(), again };
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
    const shown = call ? calleeOf(call) : this.over;
    const line = call ? ringWords(this.text).calling() : (this.over?.line(this.text) ?? '');
    // The region is there before it says something: only then is it heard.
    return html`<div class="unseen" role="status">${shown ? `${shown.name}, ${line}` : ''}</div>
      ${
        shown
          ? ringCard({
              ...shown,
              ...{ line, live: call !== null, role: 'dialog', speech: this.speech },
              actions: call ? [this.#cancelAction()] : this.#afterwards(),
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

  #afterwards(): readonly RingAction[] {
    const { text, over } = this;
    const close = (): void => void (this.over = null);
    const closing = { name: 'close', label: text.close(), icon: x, busy: false, run: close } as const;
    if (!over?.again) return [closing];
    return [closing, { name: 'call', label: text.tryAgain(), icon: phoneIcon, busy: false, run: over.again }];
  }

  protected override updated(): void {
    super.updated();
    this.ring('outgoing', this.cancelling ? null : (this.outgoingCall?.sessionId ?? null));
  }

  protected override forget(): void {
    this.over = null;
    this.#again = null;
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
      const line = outcomes[call.status];
      const again = call.status === 'rejected' ? null : this.#again;
      this.over = line ? { ...calleeOf(call), line, again } : null;
      this.tell('cometchat-ring-rejected', call);
    }
    if (event === 'ended' && call.initiator.uid === call.self.uid) this.tell('cometchat-ring-ended', call);
  }
}

function namedOf(who: string | GroupToCall): Called {
  if (typeof who === 'string') return { id: who, name: who, picture: '' };
  return { id: who.guid, name: who.name || who.guid, picture: '' };
}

function calleeOf({ receiver, parties }: RingView): Called {
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
