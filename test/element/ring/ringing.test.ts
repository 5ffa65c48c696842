import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import type { RingEvent, RingView } from '../../../src/domain/ring/ring-view.js';
import { CometChatIncomingCall } from '../../../src/element/ring/cometchat-incoming-call.js';
import { CometChatOutgoingCall } from '../../../src/element/ring/cometchat-outgoing-call.js';

/** The elements with a call that comes from the test instead of from a server. */
class Incoming extends CometChatIncomingCall {
  readonly answers: string[] = [];
  rings(call: RingView | null): Promise<boolean> {
    this.phoneState = { user: null, ringing: call ? [call] : [], active: null };
    return this.updateComplete;
  }
  hears(event: RingEvent, call: RingView): Promise<boolean> {
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
class Outgoing extends CometChatOutgoingCall {
  hears(event: RingEvent, call: RingView): Promise<boolean> {
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

function callOf(more: Partial<RingView> = {}): RingView {
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

const incoming = (attributes: Readonly<Record<string, string>> = {}): Promise<Incoming> =>
  fixture<Incoming>(
    Object.assign(document.createElement('test-incoming-call') as Incoming, {
      ringTone: attributes['ring-tone'] ?? 'none',
    }),
  );
const rootOf = (element: Incoming | Outgoing): ShadowRoot => element.renderRoot as ShadowRoot;
const cardOf = (element: Incoming | Outgoing): HTMLElement | null =>
  rootOf(element).querySelector('[part=card]');

/** Replaces a global for one test. */
const undo: (() => void)[] = [];
afterEach(async () => {
  fixtureCleanup();
  // Who is taken away for good stops a moment later: it could have been moved.
  await settle();
  undo.splice(0).forEach((run) => run());
});
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
function replace<Owner extends object>(owner: Owner, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  undo.push(() => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  });
}

describe('a call that rings, by keyboard and ear', () => {
  it('takes the focus, and gives it back when it is over', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>On the page</button>`);
    const element = await incoming();
    button.focus();
    await element.rings(callOf());
    expect(document.activeElement).to.equal(element);
    expect(rootOf(element).activeElement).to.equal(cardOf(element));
    await element.rings(null);
    expect(document.activeElement).to.equal(button);
  });

  it('leaves the focus to whoever is typing', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Name" />`);
    const element = await incoming();
    field.focus();
    await element.rings(callOf());
    expect(document.activeElement).to.equal(field);
    await element.rings(null);
    expect(document.activeElement).to.equal(field);
  });

  it('is declined by Escape, not by an Enter that was meant for something else', async () => {
    const element = await incoming();
    await element.rings(callOf());
    const press = (key: string): boolean | undefined =>
      cardOf(element)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    expect(press('Enter')).to.equal(true);
    expect(element.answers).to.eql([]);
    expect(press('Escape')).to.equal(false);
    expect(element.answers).to.eql(['decline']);
  });

  it('is announced at once, and is a dialog that asks', async function () {
    this.timeout(20_000);
    const element = await incoming();
    await element.rings(callOf());
    expect(rootOf(element).querySelector('[role=alert]')?.textContent).to.equal('Video call from Ada Byron');
    expect(cardOf(element)?.getAttribute('role')).to.equal('alertdialog');
    await Promise.all(
      cardOf(element)
        ?.getAnimations()
        .map(({ finished }) => finished) ?? [],
    );
    await expect(element).to.be.accessible();
  });

  it('sits at the end of the line: right, and left where one reads from the right', async () => {
    const element = await incoming();
    await element.rings(callOf());
    const placed = (): readonly number[] => {
      const { left, right } = cardOf(element)?.getBoundingClientRect() ?? new DOMRect();
      return [Math.round(left), Math.round(document.documentElement.clientWidth - right)];
    };
    expect(placed()[1]).to.equal(16);
    document.documentElement.dir = 'rtl';
    undo.push(() => document.documentElement.removeAttribute('dir'));
    element.remove();
    const other = await incoming();
    await other.rings(callOf());
    expect(Math.round(cardOf(other)?.getBoundingClientRect().left ?? 0)).to.equal(16);
  });

  it('an outgoing call takes and gives back the focus, too', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>Call</button>`);
    const element = await fixture<Outgoing>(html`<test-outgoing-call ring-tone="none"></test-outgoing-call>`);
    button.focus();
    await element.rings(callOf({ self: { uid: 'ada', state: 'joined', deviceId: 'd' } }));
    expect(rootOf(element).activeElement).to.equal(cardOf(element));
    await element.rings(null);
    expect(document.activeElement).to.equal(button);
  });
});

describe('a call that was missed', () => {
  const missed = (more: Partial<RingView> = {}): RingView =>
    callOf({
      ...{ revision: 2, status: 'unanswered' },
      self: { uid: 'bob', state: 'missed', deviceId: null },
      ...more,
    });
  /** It rang, and then not any more. */
  async function misses(element: Incoming, call = missed()): Promise<void> {
    await element.rings(callOf());
    await element.rings(null);
    await element.hears('incoming-cancelled', call);
  }
  const lineOf = (element: Incoming | Outgoing): string | undefined =>
    rootOf(element).querySelector('[part=line]')?.textContent;
  const labels = (element: Incoming | Outgoing): readonly string[] =>
    [...rootOf(element).querySelectorAll('button')].map(({ textContent }) => textContent.trim());

  it('is shown and said until it is closed, and rings no more', async function () {
    this.timeout(20_000);
    const element = await incoming();
    await misses(element);
    expect(lineOf(element)).to.equal('Missed call');
    expect(labels(element)).to.eql(['Close', 'Call back']);
    expect(rootOf(element).querySelector('[role=alert]')?.textContent).to.equal('Ada Byron, Missed call');
    expect(cardOf(element)?.getAttribute('role')).to.equal('dialog');
    expect(cardOf(element)?.classList.contains('live')).to.equal(false);
    await Promise.all(
      cardOf(element)
        ?.getAnimations({ subtree: true })
        .map(({ finished }) => finished) ?? [],
    );
    await expect(element).to.be.accessible();
    cardOf(element)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await element.updateComplete;
    expect(cardOf(element)).to.equal(null);
  });

  it('is none when it was dealt with on another device, and is not shown to a page that does not want it', async () => {
    const element = await incoming();
    for (const state of ['joined', 'rejected', 'busy'] as const) {
      await misses(element, missed({ status: 'ongoing', self: { uid: 'bob', state, deviceId: 'other' } }));
      expect(cardOf(element), state).to.equal(null);
    }
    element.hideMissedCalls = true;
    await misses(element);
    expect(cardOf(element)).to.equal(null);
  });

  it('waits for the end of another call, and goes when one talks to who called, or they call again', async () => {
    const element = await incoming();
    await misses(element);
    const eve = { uid: 'eve', name: 'Eve', avatar: '' };
    const self = { uid: 'bob', state: 'joined', deviceId: 'd' } as const;
    await element.talks(
      callOf({ sessionId: 's2', initiator: eve, parties: [{ ...eve, state: 'joined' }], self }),
    );
    expect(cardOf(element)).to.equal(null);
    await element.talks(null);
    expect(lineOf(element)).to.equal('Missed call');
    await element.talks(callOf({ sessionId: 's3', status: 'ongoing', self }));
    await element.talks(null);
    expect(cardOf(element)).to.equal(null);

    await misses(element);
    await element.hears('incoming', callOf({ sessionId: 's4' }));
    expect(cardOf(element)).to.equal(null);
  });
});

describe('an outgoing call, as it is told', () => {
  const outgoing = (): Promise<Outgoing> =>
    fixture<Outgoing>(html`<test-outgoing-call ring-tone="none"></test-outgoing-call>`);
  const said = (element: Outgoing): string | undefined =>
    rootOf(element).querySelector('[role=status]')?.textContent;
  const self = { uid: 'ada', state: 'joined', deviceId: 'd' } as const;

  it('screen readers hear that it rings, and what became of it', async () => {
    const element = await outgoing();
    expect(said(element), 'a region that comes with its text is not heard').to.equal('');
    await element.rings(callOf({ self }));
    expect(said(element)).to.equal('Bob Stone, Calling…');
    await element.rings(null);
    await element.hears('rejected', callOf({ self, status: 'busy' }));
    expect(said(element)).to.equal('Bob Stone, Busy');
  });

  it('says so when it cannot be placed, and offers to try again', async () => {
    const element = await outgoing();
    const codes: string[] = [];
    element.addEventListener('cometchat-ring-error', ({ detail }) => codes.push(detail.code));
    await element.call('bob');
    await element.updateComplete;
    expect(codes).to.eql(['TOKEN_MISSING']);
    expect(said(element)).to.equal('bob, The call could not be started');
    rootOf(element).querySelector<HTMLElement>('[part~=call]')?.click();
    await element.updateComplete;
    expect(codes).to.eql(['TOKEN_MISSING', 'TOKEN_MISSING']);
    rootOf(element).querySelector<HTMLElement>('[part~=close]')?.click();
    await element.updateComplete;
    expect(cardOf(element)).to.equal(null);
  });
});

describe('the ring tone', () => {
  /** Sound that is refused until somebody touches the page, as browsers do. */
  class StrictAudio extends EventTarget {
    static readonly made: StrictAudio[] = [];
    static touched = false;
    loop = false;
    playing = false;
    constructor(readonly src: string) {
      super();
      StrictAudio.made.push(this);
    }
    async play(): Promise<void> {
      await Promise.resolve();
      if (!StrictAudio.touched) throw new DOMException('Not allowed yet', 'NotAllowedError');
      this.playing = true;
    }
    pause(): void {
      this.playing = false;
    }
  }
  class StrictContext extends StrictAudio {
    constructor() {
      super('context');
    }
    readonly sampleRate = 8000;
    readonly destination = {};
    resume(): Promise<void> {
      return this.play();
    }
    close(): Promise<void> {
      this.pause();
      return Promise.resolve();
    }
  }
  class Source {
    connect(): void {
      // Nothing is heard in a test.
    }
    start(): void {
      // As above.
    }
  }
  beforeEach(() => {
    StrictAudio.made.length = 0;
    StrictAudio.touched = false;
    replace(window, 'Audio', StrictAudio);
    replace(window, 'AudioContext', StrictContext);
    replace(window, 'AudioBufferSourceNode', Source);
  });
  const touch = async (): Promise<void> => {
    StrictAudio.touched = true;
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await settle();
  };

  for (const [title, ringTone, src] of [
    ['the built-in one', '', 'context'],
    ['a file of the page', '/ring.mp3', '/ring.mp3'],
  ] as const)
    it(`is heard after the first touch, and ends with the ringing: ${title}`, async () => {
      const element = await incoming({ 'ring-tone': ringTone });
      await element.rings(callOf());
      await settle();
      const [sound] = StrictAudio.made;
      expect(StrictAudio.made.map((made) => made.src)).to.eql([src]);
      expect(sound?.playing).to.equal(false);
      await touch();
      expect(sound?.playing).to.equal(true);
      await element.rings(null);
      expect(sound?.playing).to.equal(false);
      await touch();
      expect(sound?.playing).to.equal(false);
    });

  it('is the built-in one when the file cannot be played', async () => {
    const element = await incoming({ 'ring-tone': '/missing.mp3' });
    await element.rings(callOf());
    StrictAudio.made[0]?.dispatchEvent(new Event('error'));
    expect(StrictAudio.made.map(({ src }) => src)).to.eql(['/missing.mp3', 'context']);
  });

  it('is silent with ring-tone="none"', async () => {
    const element = await incoming({ 'ring-tone': 'none' });
    await element.rings(callOf());
    await touch();
    expect(StrictAudio.made).to.eql([]);
    expect(cardOf(element)).to.not.equal(null);
  });
});

describe('the notification of a call', () => {
  const made: StubNotification[] = [];
  class StubNotification {
    static permission = 'granted';
    onclick: (() => void) | null = null;
    closed = false;
    constructor(
      readonly title: string,
      readonly options: { readonly body: string; readonly tag: string },
    ) {
      made.push(this);
    }
    close(): void {
      this.closed = true;
    }
  }
  const hide = (hidden: boolean): void => {
    replace(document, 'hidden', hidden);
    document.dispatchEvent(new Event('visibilitychange'));
  };
  beforeEach(() => {
    made.length = 0;
    StubNotification.permission = 'granted';
    replace(window, 'Notification', StubNotification);
  });

  it('says who calls while the page is hidden, and goes with the ringing', async () => {
    hide(true);
    const element = await incoming();
    await element.rings(callOf());
    expect(made).to.have.length(1);
    expect(made[0]?.title).to.equal('Ada Byron');
    expect(made[0]?.options.body).to.equal('Incoming video call');
    await element.rings(callOf({ revision: 2 }));
    expect(made, 'one call, one notification').to.have.length(1);
    expect(made[0]?.closed).to.equal(false);
    await element.rings(null);
    expect(made[0]?.closed).to.equal(true);
  });

  it('appears when the page is hidden while it rings, and goes when it is seen again', async () => {
    hide(false);
    const element = await incoming();
    await element.rings(callOf());
    expect(made).to.eql([]);
    hide(true);
    expect(made).to.have.length(1);
    hide(false);
    expect(made[0]?.closed).to.equal(true);
    await element.rings(null);
    hide(true);
    expect(made).to.have.length(1);
  });

  it('is not shown, and not asked for, without the permission', async () => {
    StubNotification.permission = 'default';
    hide(true);
    const element = await incoming();
    await element.rings(callOf());
    expect(made).to.eql([]);
    expect(cardOf(element)).to.not.equal(null);
  });
});
