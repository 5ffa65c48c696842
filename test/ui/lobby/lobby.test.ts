import { expect } from '@open-wc/testing';
import '../../../src/ui/lobby/lobby.js';
import type { CallLobby } from '../../../src/ui/lobby/lobby.js';
import { idle, type CallState } from '../../../src/domain/call/call-state.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { after, someDevices } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe, type FrameOptions } from '../../harness/framed.js';
import { within } from '../../harness/within.js';

const on = (source: 'microphone' | 'camera'): CallFact[] => [
  { type: 'media-wanted', source, on: true },
  { type: 'media-settled', source, on: true },
];
const ready = after(idle, ...on('microphone'), ...on('camera'), {
  type: 'devices-changed',
  devices: someDevices,
});
const refused = after(
  idle,
  { type: 'media-settled', source: 'microphone', on: false, failure: 'MEDIA_DENIED' },
  { type: 'media-settled', source: 'camera', on: false, failure: 'MEDIA_DENIED_BY_PAGE' },
);

interface Options extends FrameOptions {
  readonly state?: CallState;
  readonly name?: string;
  readonly settings?: Partial<CallSettings>;
  readonly testSpeaker?: (sinkId: string) => Promise<void>;
}

async function show({ state = ready, name, settings, testSpeaker, ...frame }: Options = {}): Promise<{
  readonly lobby: CallLobby;
  readonly given: RecordedCommands[];
}> {
  const { commands, recorded } = spyCommands();
  const lobby = Object.assign(document.createElement('cometchat-call-lobby'), {
    state,
    name,
    commands,
    media: new FakeCallMedia(),
    settings: { ...defaultSettings, ...settings },
    ...(testSpeaker && { testSpeaker }),
  });
  await framed(lobby, frame);
  return { lobby, given: recorded };
}

const situations: Readonly<Record<string, CallState>> = {
  ready,
  opening: after(idle, { type: 'media-wanted', source: 'camera', on: true }),
  refused,
  'nothing on': idle,
};

describe('<cometchat-call-lobby>', () => {
  afterEach(unframe);

  it('offers the backgrounds, unless the page chose or does not want it', async () => {
    const offer = ({ renderRoot }: CallLobby): HTMLElement | undefined =>
      [...renderRoot.querySelectorAll('button')].find(({ textContent }) =>
        textContent.includes('Background and effects'),
      );
    const { lobby, given } = await show();
    offer(lobby)?.click();
    expect(given).to.eql([['openVirtualBackground']]);
    for (const settings of [{ backgroundChoices: 'none' }, { showVirtualBackgroundSetting: false }])
      expect(offer((await show({ settings })).lobby)).to.equal(undefined);
  });

  for (const [situation, state] of Object.entries(situations))
    for (const theme of ['light', 'dark'] as const)
      it(`is accessible: ${situation}, ${theme}`, async function () {
        this.timeout(30_000);
        const { lobby } = await show({ state, theme, name: 'Ada' });
        endMotion();
        await expect(lobby).to.be.accessible();
      });

  it('shows the own picture, mirrored, and joins with the name that was typed', async () => {
    const { lobby } = await show({ name: 'Ada' });
    const video = within<HTMLVideoElement>(lobby, 'video')!;
    expect(video.srcObject).to.be.instanceOf(MediaStream);
    expect(video.classList.contains('mirrored')).to.be.true;
    const joins: unknown[] = [];
    lobby.addEventListener('join', (event) => joins.push((event as CustomEvent<unknown>).detail));
    const field = within<HTMLInputElement>(lobby, 'input')!;
    field.value = '  Ada Lovelace ';
    field.dispatchEvent(new Event('input'));
    within(lobby, '[part=join]')!.click();
    expect(joins).to.eql(['Ada Lovelace']);
  });

  it('asks for no name that the token gives', async () => {
    const { lobby } = await show();
    expect(within(lobby, 'input')).not.to.exist;
  });

  it('switches microphone and camera, and chooses the devices', async () => {
    const { lobby, given } = await show();
    for (const source of ['microphone', 'camera']) within(lobby, `[data-control=${source}]`)!.click();
    for (const [at, id] of ['audioinput-1', 'audiooutput-1', 'videoinput-0'].entries()) {
      const select = lobby.renderRoot.querySelectorAll('select')[at]!;
      select.value = id;
      select.dispatchEvent(new Event('change'));
    }
    expect(given).to.eql([
      ['muteAudio', true],
      ['pauseVideo', true],
      ['setAudioInputDevice', 'audioinput-1'],
      ['setAudioOutputDevice', 'audiooutput-1'],
      ['setVideoInputDevice', 'videoinput-0'],
    ]);
  });

  it('names the cause of each failure and offers to try again where that may help', async () => {
    const { lobby, given } = await show({ state: refused });
    const [microphone, camera] = lobby.renderRoot.querySelectorAll<HTMLElement>('.failure');
    expect(microphone!.textContent).to.include('Access is blocked');
    expect(camera!.textContent).to.include('This page does not allow the call to use it');
    expect(camera!.querySelector('button')).not.to.exist;
    microphone!.querySelector('button')!.click();
    expect(given).to.eql([['muteAudio', false]]);
  });

  it('offers the browser’s own permission button where there is one', async function () {
    if (!('HTMLUserMediaElement' in globalThis)) return this.skip();
    const { lobby, given } = await show({ state: refused });
    const button = within(lobby, 'usermedia')!;
    expect(button.getAttribute('type')).to.equal('microphone');
    button.dispatchEvent(new Event('stream'));
    expect(given).to.eql([['muteAudio', false]]);
  });

  it('is a lobby without cameras for a voice call', async () => {
    const { lobby } = await show({ settings: { audioOnly: true } });
    expect(within(lobby, '[data-control=camera]')).not.to.exist;
    expect(lobby.renderRoot.querySelectorAll('select')).to.have.lengthOf(2);
  });

  it('shows how loud the microphone is', async () => {
    const { lobby } = await show();
    const meter = within(lobby, '.meter')!;
    lobby.level = 0.25;
    expect(meter.getAttribute('aria-valuenow')).to.equal('50');
    lobby.level = 0;
    expect(meter.getAttribute('aria-valuenow')).to.equal('0');
  });

  it('plays on the chosen speaker, and says when it cannot', async () => {
    const sinks: string[] = [];
    let end: (failed?: unknown) => void = () => undefined;
    const testSpeaker = (sinkId: string): Promise<void> => {
      sinks.push(sinkId);
      return new Promise(
        (resolve, reject) => (end = (failed) => (failed ? reject(failed as Error) : resolve())),
      );
    };
    const { lobby } = await show({ testSpeaker });
    const button = within(lobby, '.test')!;
    button.click();
    button.click();
    await nextFrame();
    expect(sinks).to.eql(['audiooutput-0']);
    expect(button.ariaDisabled).to.equal('true');
    end(new Error('blocked'));
    await nextFrame();
    expect(lobby.renderRoot.textContent).to.include('could not be played');
  });

  for (const width of [320, 390, 1280])
    it(`fits ${width} pixels: nothing sticks out, targets are large enough`, async () => {
      const { lobby } = await show({ width, height: 700, name: 'Ada', state: ready });
      const { right } = lobby.getBoundingClientRect();
      for (const control of lobby.renderRoot.querySelectorAll('button, input, select')) {
        const box = control.getBoundingClientRect();
        expect(box.right).to.be.at.most(right);
        expect(box.height).to.be.at.least(44);
      }
    });
});
