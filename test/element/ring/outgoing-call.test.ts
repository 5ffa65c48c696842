import { expect, fixture, html } from '@open-wc/testing';
import { type Outgoing, callOf, incoming, rootOf, cardOf, replace } from './ring-setup.js';

describe('the announcement of an outgoing call', () => {
  const outgoing = (): Promise<Outgoing> =>
    fixture<Outgoing>(html`<test-outgoing-call ring-tone="none"></test-outgoing-call>`);
  const announcement = (element: Outgoing): string | undefined =>
    rootOf(element).querySelector('[role=status]')?.textContent;
  const self = { uid: 'ada', state: 'joined', deviceId: 'd' } as const;

  it('screen readers hear that it rings, and what became of it', async () => {
    const element = await outgoing();
    expect(announcement(element), 'a region that comes with its text is not heard').to.equal('');
    await element.rings(callOf({ self }));
    expect(announcement(element)).to.equal('Bob Stone, Calling…');
    await element.rings(null);
    await element.receives('rejected', callOf({ self, status: 'busy' }));
    expect(announcement(element)).to.equal('Bob Stone, Busy');
  });

  it('says so when it cannot be placed, and offers to try again', async () => {
    const element = await outgoing();
    const codes: string[] = [];
    element.addEventListener('cometchat-ring-error', ({ detail }) => codes.push(detail.code));
    await element.call('bob');
    await element.updateComplete;
    expect(codes).to.eql(['TOKEN_MISSING']);
    expect(announcement(element)).to.equal('bob, The call could not be started');
    rootOf(element).querySelector<HTMLElement>('[part~=call]')?.click();
    await element.updateComplete;
    expect(codes).to.eql(['TOKEN_MISSING', 'TOKEN_MISSING']);
    rootOf(element).querySelector<HTMLElement>('[part~=close]')?.click();
    await element.updateComplete;
    expect(cardOf(element)).to.equal(null);
  });

  for (const callee of [undefined, null, {}, []])
    it(`refuses ${JSON.stringify(callee)} as a callee, and stays usable`, async () => {
      const element = await outgoing();
      const codes: string[] = [];
      element.addEventListener('cometchat-ring-error', ({ detail }) => codes.push(detail.code));
      await element.call(callee as never);
      await element.updateComplete;
      await element.call(7 as never);
      expect(codes).to.eql(['INVALID_ARGUMENT', 'TOKEN_MISSING']);
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
