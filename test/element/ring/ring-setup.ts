import { fixture, fixtureCleanup } from '@open-wc/testing';
import type { RingEvent, RingView } from '../../../src/domain/ring/ring-view.js';
import { CometChatIncomingCall } from '../../../src/element/ring/cometchat-incoming-call.js';
import { CometChatOutgoingCall } from '../../../src/element/ring/cometchat-outgoing-call.js';

/** The elements with a call that comes from the test instead of from a server. */
export class Incoming extends CometChatIncomingCall {
  readonly answers: string[] = [];
  rings(call: RingView | null): Promise<boolean> {
    this.phoneState = { user: null, ringing: call ? [call] : [], active: null };
    return this.updateComplete;
  }
  receives(event: RingEvent, call: RingView): Promise<boolean> {
    this.onRingEvent(event, call);
    return this.updateComplete;
  }
  talks(call: RingView | null): Promise<boolean> {
    this.phoneState = { user: null, ringing: [], active: call };
    return this.updateComplete;
  }
  override accept(): void {
    this.answers.push('accept');
  }
  override decline(): void {
    this.answers.push('decline');
  }
}

export class Outgoing extends CometChatOutgoingCall {
  receives(event: RingEvent, call: RingView): Promise<boolean> {
    this.onRingEvent(event, call);
    return this.updateComplete;
  }
  rings(call: RingView | null): Promise<boolean> {
    this.phoneState = { user: null, ringing: [], active: call };
    return this.updateComplete;
  }
}

customElements.define('test-incoming-call', Incoming);

customElements.define('test-outgoing-call', Outgoing);

export function callOf(more: Partial<RingView> = {}): RingView {
  const ada = { uid: 'ada', name: 'Ada Byron', avatar: '' };
  const bob = { uid: 'bob', name: 'Bob Stone', avatar: '' };
  return {
    sessionId: 's1',
    revision: 1,
    type: 'video',
    status: 'initiated',
    initiator: ada,
    receiver: { type: 'user', uid: 'bob' },
    parties: [
      { ...ada, state: 'joined' },
      { ...bob, state: 'ringing' },
    ],
    self: { uid: 'bob', state: 'ringing', deviceId: null },
    initiatedAt: 0,
    answeredAt: null,
    endedAt: null,
    ringsForMs: 45_000,
    by: null,
    metadata: null,
    ...more,
  };
}

export const incoming = (attributes: Readonly<Record<string, string>> = {}): Promise<Incoming> =>
  fixture<Incoming>(
    Object.assign(document.createElement('test-incoming-call') as Incoming, {
      ringTone: attributes['ring-tone'] ?? 'none',
    }),
  );

export const rootOf = (element: Incoming | Outgoing): ShadowRoot => element.renderRoot as ShadowRoot;

export const cardOf = (element: Incoming | Outgoing): HTMLElement | null =>
  rootOf(element).querySelector('[part=card]');

/** Replaces a global for one test. */
export const undo: (() => void)[] = [];

afterEach(async () => {
  fixtureCleanup();
  // Who is taken away for good stops a moment later: it could have been moved.
  await settle();
  undo.splice(0).forEach((run) => run());
});

export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export function replace<Owner extends object>(owner: Owner, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  undo.push(() => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  });
}
