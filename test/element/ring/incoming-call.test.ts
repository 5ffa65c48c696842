import { expect, fixture, html } from '@open-wc/testing';
import type { RingView } from '../../../src/domain/ring/ring-view.js';
import { type Incoming, type Outgoing, callOf, incoming, rootOf, cardOf, undo } from './ring-setup.js';

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

  it('leaves the focus to a user who is typing', async () => {
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
    await element.receives('incoming-cancelled', call);
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
    await element.receives('incoming', callOf({ sessionId: 's4' }));
    expect(cardOf(element)).to.equal(null);
  });
});
