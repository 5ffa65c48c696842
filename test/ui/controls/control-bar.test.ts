import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { expect } from '@open-wc/testing';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';
import { type Options, show, idsOf, control } from './control-bar-setup.js';

const settled = (source: 'microphone' | 'camera' | 'screen', on: boolean) =>
  ({ type: 'media-settled', source, on }) as const;

const wants = (source: 'microphone' | 'camera', on: boolean) =>
  ({ type: 'media-wanted', source, on }) as const;

const presses: readonly { id: string; call?: ActiveCall; label: string; gives: RecordedCommands }[] = [
  { id: 'mute-audio', label: 'Mute microphone', gives: ['muteAudio', true] },
  {
    id: 'mute-audio',
    call: callOf(2, { facts: [settled('microphone', false)] }),
    label: 'Unmute microphone',
    gives: ['muteAudio', false],
  },
  { id: 'pause-video', label: 'Turn camera off', gives: ['pauseVideo', true] },
  {
    id: 'pause-video',
    call: callOf(2, { facts: [settled('camera', false)] }),
    label: 'Turn camera on',
    gives: ['pauseVideo', false],
  },
  { id: 'screen-share', label: 'Share your screen', gives: ['startScreenShare'] },
  {
    id: 'screen-share',
    call: callOf(2, { facts: [settled('screen', true)] }),
    label: 'Stop sharing your screen',
    gives: ['stopScreenShare'],
  },
  { id: 'raise-hand', label: 'Raise hand', gives: ['raiseHand'] },
  {
    id: 'raise-hand',
    call: callOf(2, { participants: { 0: { handRaisedAt: 1 } } }),
    label: 'Lower hand',
    gives: ['lowerHand'],
  },
  { id: 'recording', label: 'Record the call', gives: ['startRecording'] },
  {
    id: 'recording',
    call: callOf(2, { participants: { 0: { recording: true } } }),
    label: 'Stop recording',
    gives: ['stopRecording'],
  },
  { id: 'end-call', label: 'Leave the call', gives: ['pressEndCall'] },
  {
    id: 'switch-to-video-call',
    call: callOf(2, { audioOnly: true }),
    label: 'Switch to video',
    gives: ['switchToVideoCall'],
  },
  {
    id: 'picture-in-picture',
    label: 'Picture-in-picture',
    gives: ['togglePictureInPicture'],
  },
];

const hidings: readonly [id: string, options: Options][] = [
  ['mute-audio', { settings: { showMuteAudioButton: false } }],
  ['pause-video', { settings: { showPauseVideoButton: false } }],
  ['pause-video', { call: callOf(2, { audioOnly: true }) }],
  ['screen-share', { settings: { showScreenShareButton: false } }],
  ['screen-share', { capabilities: { screenShare: false } }],
  ['end-call', { settings: { showEndCallButton: false } }],
  ['mode', { settings: { showModeButton: false } }],
  ['recording', { settings: { showRecordingButton: false } }],
  ['raise-hand', { settings: { showRaiseHandButton: false } }],
  ['participants', { settings: { showParticipantListButton: false } }],
  ['recording', { capabilities: { recording: false } }],
  ['audio-mode', { settings: { showAudioModeButton: false } }],
  ['picture-in-picture', { capabilities: { pictureInPicture: false } }],
];

describe('<cometchat-call-controls>', () => {
  afterEach(unframe);

  for (const { id, call, label, gives } of presses)
    it(`"${label}" gives ${gives[0]}(${gives.slice(1).join()})`, async () => {
      const { bar, given } = await show(call ? { call } : {});
      expect(control(bar, id).ariaLabel).to.equal(label);
      control(bar, id).click();
      expect(given).to.eql([gives]);
    });

  for (const [id, options] of hidings)
    it(`leaves out ${id} with ${JSON.stringify(options.settings ?? options.capabilities ?? 'an audio call')}`, async () => {
      expect(idsOf((await show()).bar)).to.include(id);
      expect(idsOf((await show(options)).bar)).not.to.include(id);
    });

  it('takes back what is not there yet when it is pressed again', async () => {
    const { bar, given } = await show({ call: callOf(2, { facts: [wants('camera', false)] }) });
    expect(control(bar, 'pause-video').ariaBusy).to.equal('true');
    expect(control(bar, 'pause-video').ariaDisabled).to.equal(null);
    control(bar, 'pause-video').click();
    expect(given).to.eql([['pauseVideo', false]]);
  });

  it('is reached by one Tab and walked through by arrow keys', async () => {
    const { bar } = await show();
    const stops = (): number => bar.renderRoot.querySelectorAll('[data-control][tabindex="0"]').length;
    const press = (key: string): boolean =>
      bar.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const focused = (): string | undefined =>
      (bar.shadowRoot!.activeElement as HTMLElement).dataset['control'];
    const ids = idsOf(bar);
    control(bar, 'mute-audio').focus();
    press('ArrowRight');
    expect(focused()).to.equal(ids[1]);
    await nextFrame();
    expect(stops()).to.equal(1);
    expect(control(bar, ids[1]!).tabIndex).to.equal(0);
    press('End');
    expect(focused()).to.equal(ids.at(-1));
    press('ArrowRight');
    expect(focused()).to.equal(ids[0]);
  });

  it('turns the arrow keys round in a right-to-left page', async () => {
    const { bar } = await show({ dir: 'rtl' });
    control(bar, 'mute-audio').focus();
    control(bar, 'mute-audio').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }),
    );
    expect((bar.shadowRoot!.activeElement as HTMLElement).dataset['control']).to.equal(idsOf(bar)[1]);
  });

  it('puts what does not fit into a menu, which does the same', async () => {
    const { bar, given } = await show({ width: 300 });
    expect(idsOf(bar)).to.include.members(['mute-audio', 'pause-video', 'more', 'end-call']);
    expect(idsOf(bar)).not.to.include('participants');
    control(bar, 'more').click();
    const menu = within(bar, '#menu-more') as HTMLElementTagNameMap['cometchat-call-menu'];
    await waitUntil(() => Boolean(menu.shadowRoot?.activeElement));
    endMotion();
    await expect(bar).to.be.accessible();
    within(menu, "[data-item='participants']")!.click();
    expect(given).to.eql([['view']]);
  });

  it('lists the shortcuts from its menu, where there is a keyboard and they are obeyed', async () => {
    const { bar, given } = await show();
    expect(idsOf(bar)).to.include('participants').and.not.include('shortcuts');
    control(bar, 'more').click();
    const menu = within(bar, '#menu-more') as HTMLElementTagNameMap['cometchat-call-menu'];
    await waitUntil(() => Boolean(menu.shadowRoot?.querySelector("[data-item='shortcuts']")));
    within(menu, "[data-item='shortcuts']")!.click();
    expect(given).to.eql([['shortcuts']]);
    for (const without of [{ capabilities: { keyboard: false } }, { settings: { hotkeys: false } }])
      expect(idsOf((await show(without)).bar)).not.to.include('more');
  });

  it('chooses a layout and devices from menus', async () => {
    const { bar, given } = await show();
    const choose = async (id: string, item: string): Promise<void> => {
      control(bar, id).click();
      const menu = within(bar, `#menu-${id}`) as HTMLElementTagNameMap['cometchat-call-menu'];
      await waitUntil(() => Boolean(menu.shadowRoot?.querySelector(`[data-item='${item}']`)));
      within(menu, `[data-item='${item}']`)!.click();
    };
    await choose('mode', 'SPOTLIGHT');
    await choose('audio-mode', 'audioinput-1');
    await choose('audio-mode', 'audiooutput-1');
    await choose('audio-mode', 'videoinput-0');
    expect(given).to.eql([
      ['setMode', 'SPOTLIGHT'],
      ['setAudioInputDevice', 'audioinput-1'],
      ['setAudioOutputDevice', 'audiooutput-1'],
      ['setVideoInputDevice', 'videoinput-0'],
    ]);
  });

  it('tells which control was pressed, before it does anything, wherever it is', async () => {
    for (const width of [1200, 300]) {
      const { bar, given } = await show({ width });
      const pressed: string[] = [];
      bar.addEventListener('control-pressed', (event) => {
        expect(given).to.eql([]);
        pressed.push((event as CustomEvent<string>).detail);
      });
      const inMenu = width === 300;
      control(bar, inMenu ? 'more' : 'mode').click();
      const menu = within(
        bar,
        inMenu ? '#menu-more' : '#menu-mode',
      ) as HTMLElementTagNameMap['cometchat-call-menu'];
      await waitUntil(() => Boolean(menu.shadowRoot?.querySelector("[data-item='SPOTLIGHT']")));
      if (inMenu) within(menu, "[data-item='SPOTLIGHT']")!.click();
      expect(pressed).to.eql(['mode']);
      given.length = 0;
      control(bar, 'mute-audio').click();
      expect(pressed).to.eql(['mode', 'mute-audio']);
    }
  });

  it('does not tell of presses of a busy button', async () => {
    const asked: CallFact = { type: 'video-requested', by: 'p1' };
    const { bar } = await show({
      call: callOf(2, { facts: [{ type: 'audio-only-set', audioOnly: true }, asked] }),
    });
    expect(control(bar, 'switch-to-video-call').ariaDisabled).to.equal('true');
    bar.addEventListener('control-pressed', () => expect.fail('it was dispatched'));
    control(bar, 'switch-to-video-call').click();
  });

  it('has a part for every button', async () => {
    const { callParts } = await import('../../../src/ui/view/call-parts.js');
    const { bar } = await show();
    for (const id of idsOf(bar)) expect(callParts).to.include(`button-${id}`);
  });
});
