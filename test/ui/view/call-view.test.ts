import { expect } from '@open-wc/testing';
import '../../../src/ui/view/call-view.js';
import '../../../src/ui/notices/idle-warning.js';
import type { CallView } from '../../../src/ui/view/call-view.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import { after, callOf, callStates } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe, type FrameOptions } from '../../harness/framed.js';
import { waitUntil } from '../../harness/wait-until.js';
import { within } from '../../harness/within.js';

interface Shown {
  readonly view: CallView;
  readonly given: RecordedCommands[];
  readonly media: FakeCallMedia;
}

async function show(
  state: CallState,
  frame: FrameOptions = {},
  settings: Partial<CallSettings> = {},
): Promise<Shown> {
  const { commands, recorded } = spyCommands();
  const media = new FakeCallMedia();
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state,
    commands,
    media,
    settings: { ...defaultSettings, showRecordingButton: true, ...settings },
  });
  commands.showParticipantList = (on) => {
    recorded.push(['showParticipantList', on]);
    view.state = after(view.state, { type: 'participant-list-shown', on });
  };
  await framed(view, frame);
  return { view, given: recorded, media };
}

describe('<cometchat-call-view>', () => {
  afterEach(unframe);

  it('is accessible with the participants shown, in a narrow right-to-left frame', async function () {
    this.timeout(30_000);
    const listed = { ...callOf(4), participantListShown: true };
    const { view } = await show(listed, { width: 360, height: 640, dir: 'rtl' });
    await customElements.whenDefined('cometchat-call-participants');
    await nextFrame();
    endMotion();
    await expect(view).to.be.accessible();
  });

  it('shows nothing but the lobby slot before a call', async () => {
    const { view } = await show({ ...callStates['joining']!(), phase: 'idle' });
    expect(within(view, 'slot[name=lobby]')).to.exist;
    expect(within(view, 'cometchat-call-stage')).not.to.exist;
  });

  it('says that it is joining, with the own picture', async () => {
    const { view } = await show(callStates['joining']!());
    expect(within(view, '[part=joining]')!.textContent).to.include('Joining');
    expect(within<HTMLVideoElement>(view, '[part=joining] video')!.srcObject).to.be.instanceOf(MediaStream);
  });

  it('says why the call ended and how long it was, and offers the way back', async () => {
    const { view } = await show(callStates['failed']!());
    await waitUntil(() => within(view, '[part=ended]') !== null);
    const ended = within(view, '[part=ended]')!;
    expect(ended.textContent).to.include('The call was interrupted').and.to.include('4:07');
    let rejoined = 0;
    view.addEventListener('rejoin', () => (rejoined += 1));
    within(view, '[part=rejoin]')!.click();
    expect(rejoined).to.equal(1);
  });

  it('gives way to an ended screen of the page', async () => {
    const { view } = await show(callStates['ended']!());
    const own = Object.assign(document.createElement('p'), { slot: 'ended', textContent: 'Goodbye' });
    view.append(own);
    await nextFrame();
    expect(within(view, '[part=ended]')).not.to.exist;
    own.remove();
    await waitUntil(() => within(view, '[part=ended]') !== null);
  });

  it('takes a forwarded slot for an ended screen only when something is in it', async () => {
    const { view } = await show(callStates['ended']!());
    const outer = document.createElement('div');
    view.replaceWith(outer);
    outer.attachShadow({ mode: 'open' }).append(view);
    view.append(Object.assign(document.createElement('slot'), { slot: 'ended', name: 'ended' }));
    await waitUntil(() => within(view, '[part=ended]') !== null);
    outer.append(Object.assign(document.createElement('p'), { slot: 'ended' }));
    await nextFrame();
    expect(within(view, '[part=ended]')).not.to.exist;
  });

  it('is only the stage when the default layout is off', async () => {
    const { view } = await show(callStates['idle-warning']!(), {}, { enableDefaultLayout: false });
    expect(within(view, 'cometchat-call-stage')).to.exist;
    expect(within(view, 'cometchat-call-sound')).to.exist;
    for (const gone of ['controls', 'notices', 'idle-warning'])
      expect(within(view, `cometchat-call-${gone}`)).not.to.exist;
  });

  it('warns who is alone, counts down, and lets stay or leave', async () => {
    const { view, given } = await show(callStates['idle-warning']!());
    await customElements.whenDefined('cometchat-call-idle-warning');
    const warning = within(view, 'cometchat-call-idle-warning')!;
    await warning.updateComplete;
    expect(warning.renderRoot.textContent).to.match(/4[67]/);
    expect(within(view, '.call')!.inert).to.be.true;
    expect(warning.shadowRoot!.activeElement).to.equal(within(warning, '.stay'));
    for (const button of warning.renderRoot.querySelectorAll('button')) button.click();
    expect(given).to.eql([['pressEndCall'], ['stay']]);
  });

  it('draws what is left of the time that the warning is shown for, whatever that is', async () => {
    for (const [idleWarningPeriod, idleTimeoutPeriod] of [
      [94, 600],
      [600, 94],
    ] as const) {
      const { view } = await show(
        callStates['idle-warning']!(),
        {},
        { idleWarningPeriod, idleTimeoutPeriod },
      );
      await customElements.whenDefined('cometchat-call-idle-warning');
      const warning = within(view, 'cometchat-call-idle-warning')!;
      await warning.updateComplete;
      const ring = within(warning, '.left')!;
      const [whole, gone] = ['stroke-dasharray', 'stroke-dashoffset'].map((name) =>
        Number(ring.getAttribute(name)),
      );
      expect(whole).to.equal(94);
      expect(gone).to.be.within(47, 49);
      unframe();
    }
  });

  it('says that the connection was lost, and that nothing need be done', async () => {
    const { view } = await show(callStates['reconnecting']!());
    expect(within(view, '.reconnecting')!.textContent).to.include('Connection lost');
  });

  it('loads the notices only for a call that has some', async () => {
    const { view } = await show(callStates['camera-denied']!());
    await customElements.whenDefined('cometchat-call-notices');
    await nextFrame();
    expect(within(view, 'cometchat-call-notices')!.renderRoot.textContent).to.include(
      'Others cannot see you',
    );
  });

  it('opens the participants and gives the focus back when they are closed', async () => {
    const call = callOf(3);
    const { view, given } = await show(call);
    const controls = within(view, 'cometchat-call-controls')!;
    const button = within(controls, '[data-control=participants]')!;
    button.click();
    expect(given).to.deep.include(['showParticipantList', true]);
    view.state = { ...call, participantListShown: true };
    await customElements.whenDefined('cometchat-call-participants');
    await nextFrame();
    const panel = within(view, 'cometchat-call-participants')!;
    expect(panel.renderRoot.querySelectorAll('li')).to.have.lengthOf(3);
    expect(button.getAttribute('aria-pressed')).to.equal('true');
    within(panel, 'input')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(given).to.deep.include(['showParticipantList', false]);
    view.state = call;
    await nextFrame();
    expect(within(view, 'cometchat-call-participants')).not.to.exist;
    expect(controls.shadowRoot!.activeElement).to.equal(button);
  });

  it('shows the list also when code opens it, and tells nothing but what is done', async () => {
    const { view } = await show(callOf(3, { facts: [{ type: 'participant-list-shown', on: true }] }));
    await customElements.whenDefined('cometchat-call-participants');
    expect(within(view, 'cometchat-call-participants')!.renderRoot.querySelectorAll('li')).to.have.lengthOf(
      3,
    );
  });

  it('tells which control was pressed', async () => {
    const { view, given } = await show(callOf(3));
    within(within(view, 'cometchat-call-controls')!, '[data-control=raise-hand]')!.click();
    expect(given).to.eql([['pressControl', 'raise-hand'], ['raiseHand']]);
  });

  it('keeps pictures, notices and the list where the bar is hidden', async () => {
    const { view } = await show(
      callOf(3, { facts: [{ type: 'participant-list-shown', on: true }] }),
      {},
      { showControlPanel: false },
    );
    expect(within(view, 'cometchat-call-controls')).not.to.exist;
    for (const part of ['cometchat-call-stage', 'cometchat-call-notices', 'cometchat-call-participants'])
      expect(within(view, part), part).to.exist;
  });

  it('shows the name of the call and the time in it, unless they are not wanted', async () => {
    const title = (view: CallView): string | undefined => within(view, '.title')?.textContent ?? undefined;
    const { view } = await show(callOf(2), {}, { callTitle: 'Stand-up' });
    expect(title(view)).to.equal('Stand-up');
    expect(within(view, 'cometchat-call-timer')).to.exist;
    const { view: bare } = await show(callOf(2), {}, { showSessionTimer: false });
    expect(title(bare)).to.equal(undefined);
    expect(within(bare, 'cometchat-call-timer')).not.to.exist;
  });

  it('keeps the time above the pictures where the call is narrow, off the buttons', async () => {
    const { view } = await show(callOf(2), { width: 360, height: 640 });
    const box = (selector: string): DOMRect => {
      const found = within(view, selector);
      if (!found) throw new Error(`There is no ${selector}.`);
      return found.getBoundingClientRect();
    };
    const timer = box('cometchat-call-timer');
    expect(timer.bottom).to.be.at.most(box('.stage').top);
    expect(timer.top).to.be.at.least(box('.view').top);
    expect(timer.width).to.be.greaterThan(20);
  });

  it('offers one button when the browser blocks the sound', async () => {
    const { view } = await show(callOf(2));
    within(view, 'cometchat-call-sound')!.dispatchEvent(new CustomEvent('sound-blocked', { detail: true }));
    await nextFrame();
    expect(within(view, '.hear')!.textContent).to.include('Tap to hear');
  });

  for (const width of [320, 390, 768, 1440])
    it(`fits ${width} pixels: nothing sticks out and the call can be ended`, async () => {
      const { view } = await show(callOf(9), { width, height: 640 });
      const { left, right } = view.getBoundingClientRect();
      const controls = within(view, 'cometchat-call-controls')!;
      const buttons = [...controls.renderRoot.querySelectorAll<HTMLElement>('[data-control]')];
      expect(buttons.map(({ dataset }) => dataset['control'])).to.include('end-call');
      for (const button of buttons) {
        const box = button.getBoundingClientRect();
        expect(box.left, button.ariaLabel ?? '').to.be.at.least(left);
        expect(box.right, button.ariaLabel ?? '').to.be.at.most(right);
        expect(Math.min(box.width, box.height), button.ariaLabel ?? '').to.be.at.least(44);
      }
    });

  it('speaks the words it is given', async () => {
    const { wordsWith } = await import('../../../src/ui/words/words.js');
    const { view } = await show(callOf(1));
    view.words = wordsWith({ alone: 'Niemand sonst ist hier' });
    await nextFrame();
    expect(within(view, '[part=empty]')!.textContent).to.include('Niemand sonst ist hier');
  });
});
