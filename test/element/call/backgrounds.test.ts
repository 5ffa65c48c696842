import { expect } from '@open-wc/testing';
import type { CallEvent } from '../../../src/domain/call/call-events.js';
import { showBackgrounds } from '../../../src/element/call/backgrounds.js';
import { openProcessing } from '../../../src/element/call/processing.js';
import type { SettingProperties } from '../../../src/element/host/setting-properties.js';
import { CallStore } from '../../../src/session/call-store.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import '../../../src/ui/view/call-view.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import { after, callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { ScriptedProcessor } from '../../fakes/media/scripted-processor.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { movingVideo } from '../../fakes/media/test-tracks.js';
import { endMotion, framed, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

const lifetime = new AbortController();
const { signal } = lifetime;

/** A call on the page, and an element around it: what is written to its properties becomes a setting of the view. */
async function show(settings: Partial<CallSettings> = {}) {
  const { commands, recorded } = spyCommands();
  const store = new CallStore();
  store.set(callOf(2));
  const events: CallEvent[] = [];
  store.events.on('event', (event) => events.push(event), { signal });
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state: store.get(),
    commands,
    media: new FakeCallMedia(),
    settings: { ...defaultSettings, ...settings },
  });
  const host = new Proxy({ ...view.settings } as SettingProperties, {
    set(target, name, value) {
      Object.assign(target, { [name]: value as unknown });
      view.settings = { ...target };
      return true;
    },
  });
  await framed(view, { width: 320, height: 560 });
  return { view, host, given: recorded, events, session: { store, commands } };
}

describe('the choice of a background', () => {
  afterEach(unframe);

  async function opened(settings: Partial<CallSettings> = {}) {
    const shown = await show(settings);
    showBackgrounds(true, { host: shown.host, view: shown.view, signal });
    const panel = within(shown.view, 'cometchat-call-backgrounds');
    await panel?.updateComplete;
    const inputs = (): HTMLInputElement[] => [
      ...(panel?.renderRoot.querySelectorAll<HTMLInputElement>('[type=radio]') ?? []),
    ];
    const chosen = (): string | undefined => inputs().find(({ checked }) => checked)?.value;
    return { ...shown, panel, inputs, chosen };
  }

  it('is accessible, fits 320 px, and has the chosen one focused', async function () {
    this.timeout(30_000);
    const { panel, chosen } = await opened({ backgroundBlur: 30 });
    endMotion();
    await expect(panel).to.be.accessible();
    expect(chosen()).to.equal('slight');
    expect((panel?.shadowRoot?.activeElement as HTMLInputElement).value).to.equal('slight');
    const dialog = panel?.renderRoot.querySelector('dialog');
    expect(dialog?.scrollWidth).to.be.at.most(dialog?.clientWidth ?? 0);
  });

  it('offers what the settings offer, and tells what is chosen', async () => {
    const { view, host, panel, inputs, chosen } = await opened({ backgroundChoices: 'blur /beach.jpg' });
    expect(inputs().map(({ value }) => value)).to.eql(['none', 'slight', 'strong', '/beach.jpg']);
    expect(panel?.renderRoot.querySelector('[type=file]')).to.equal(null);
    expect(chosen()).to.equal('none');
    for (const [value, setting] of [
      ['strong', { backgroundBlur: 80, backgroundImage: '' }],
      ['/beach.jpg', { backgroundBlur: 0, backgroundImage: '/beach.jpg' }],
      ['none', { backgroundBlur: 0, backgroundImage: '' }],
    ] as const) {
      inputs()
        .find((each) => each.value === value)
        ?.click();
      expect({ backgroundBlur: host.backgroundBlur, backgroundImage: host.backgroundImage }).to.eql(setting);
      await view.updateComplete;
      await panel?.updateComplete;
      expect(chosen()).to.equal(value);
    }
    panel?.renderRoot.querySelector<HTMLInputElement>('[type=checkbox]')?.click();
    expect(host.noiseSuppression).to.equal(true);
  });

  it('shows the own picture as others get it, while the camera is on', async () => {
    const { view, panel } = await opened();
    const video = () => panel?.renderRoot.querySelector('video');
    const { state } = view;
    const camera = (on: boolean): CallState =>
      after(after(state, { type: 'media-wanted', source: 'camera', on }), {
        type: 'media-settled',
        source: 'camera',
        on,
      });
    view.state = camera(false);
    await waitUntil(() => !video(), 'no picture without a camera');
    view.state = camera(true);
    await waitUntil(() => video(), 'it is back');
    expect(video()?.srcObject).to.equal(view.media?.streamOf(callOf(2).selfId, 'camera'));
    expect(video()?.muted).to.equal(true);
  });

  it('shows the file of the user among the choices', async () => {
    const paper = new OffscreenCanvas(40, 30);
    const pen = paper.getContext('2d');
    if (pen) pen.fillStyle = 'rgb(0 200 0)';
    pen?.fillRect(0, 0, 40, 30);
    const { panel } = await opened({ backgroundImage: await paper.convertToBlob() });
    const canvas = panel?.renderRoot.querySelector('canvas');
    const colour = () => canvas?.getContext('2d')?.getImageData(5, 5, 1, 1).data.join();
    await waitUntil(() => colour() === '0,200,0,255', 'it is painted');
  });

  it('takes a file of the user', async () => {
    const { view, host, panel, chosen } = await opened();
    const input = panel?.renderRoot.querySelector<HTMLInputElement>('[type=file]');
    const files = new DataTransfer();
    files.items.add(new File(['x'], 'own.png', { type: 'image/png' }));
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change'));
    expect(host.backgroundImage).to.be.an.instanceof(File);
    await view.updateComplete;
    await panel?.updateComplete;
    expect(chosen()).to.equal('own');
  });

  it('closes by itself and from outside; where the page chose, it does not open', async () => {
    const { view, host } = await opened();
    showBackgrounds(false, { host, view, signal });
    await waitUntil(() => !within(view, 'cometchat-call-backgrounds'));
    const fixed = await show({ backgroundChoices: 'none', backgroundBlur: 20 });
    showBackgrounds(true, { ...fixed, signal });
    expect(within(fixed.view, 'cometchat-call-backgrounds')).to.equal(null);
  });
});

describe('a processor that is given up', () => {
  afterEach(unframe);

  /** Lets a camera run through a processor that then gives up. */
  async function givenUp(settings: Partial<CallSettings> = {}) {
    const camera = new ScriptedProcessor();
    const shown = await show({ trackProcessors: { camera }, ...settings });
    const sent: (MediaStreamTrack | null)[] = [];
    const ended = new AbortController();
    const send = (_: string, track: MediaStreamTrack | null): void => void sent.push(track);
    const processing = openProcessing(shown, shown.view.settings, {
      send,
      sent: () => undefined,
      signal: ended.signal,
    });
    const raw = movingVideo('red', ended.signal);
    processing.setTrack('camera', raw);
    await waitUntil(() => camera.isRequested, 'the processor is asked');
    camera.resolveWith();
    await waitUntil(() => sent.length === 1, 'the processed track goes out');
    camera.fail('too-slow');
    const notices = within(shown.view, 'cometchat-call-notices');
    await waitUntil(() => notices?.shadowRoot?.querySelector('[role=alert]'), 'it is said');
    const text = notices?.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
    ended.abort();
    return { ...shown, sent, raw, text };
  }

  it('is said in the call and to the application, and is no longer set', async () => {
    const { host, events, sent, raw, text, given } = await givenUp();
    expect(text).to.contain('Your camera was turned off');
    expect(sent).not.to.include(raw);
    expect(host.trackProcessors).to.equal(null);
    const [error] = events.flatMap((event) => (event.name === 'onError' ? [event.detail] : []));
    expect([error?.code, error?.details]).to.eql([
      'PROCESSING_DROPPED',
      { source: 'camera', reason: 'too-slow' },
    ]);
    expect(given).to.eql([['pauseVideo', true]] satisfies RecordedCommands[]);
  });

  it('stays set where the page enforces it: the room is never seen', async () => {
    const { host, sent, raw, text, given } = await givenUp({ backgroundChoices: 'none' });
    expect(text).to.contain('Your camera was turned off');
    expect(sent).not.to.include(raw);
    expect(host.trackProcessors).not.to.equal(null);
    expect(given).to.eql([['pauseVideo', true]] satisfies RecordedCommands[]);
  });
});
