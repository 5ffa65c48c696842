import { expect } from '@open-wc/testing';
import type { CallError } from '../../../src/domain/call-error.js';
import { canShareScreen, openScreen } from '../../../src/media/capture/screen-capture.js';
import {
  fakeAudioTrack,
  fakeVideoTrack,
  replace,
  replaceMediaDevices,
} from '../../fakes/media/media-devices.js';
import { mediaErrors } from '../../fakes/media/media-errors.js';

const { chromium } = mediaErrors;

describe('sharing a screen', () => {
  let undo: (() => void)[] = [];
  let lifetime = new AbortController();

  beforeEach(() => {
    lifetime = new AbortController();
  });
  afterEach(() => {
    lifetime.abort();
    undo.forEach((restore) => restore());
    undo = [];
  });

  /** The user chooses a surface; the browser says of its sound what `audioSettings` holds. */
  function choose(displaySurface: string | undefined, audioSettings?: object): readonly MediaStreamTrack[] {
    const video = fakeVideoTrack();
    undo.push(replace(video, 'getSettings', () => ({ displaySurface })));
    const audio = fakeAudioTrack();
    undo.push(replace(audio, 'getSettings', () => audioSettings ?? {}));
    const stream = new MediaStream(audioSettings ? [video, audio] : [video]);
    undo.push(replaceMediaDevices({ getDisplayMedia: () => Promise.resolve(stream) }));
    return [video, audio];
  }

  for (const { title, surface, settings, kept } of [
    { title: 'another tab is kept', surface: 'browser', settings: {}, kept: true },
    { title: 'the whole system is dropped', surface: 'monitor', settings: {}, kept: false },
    {
      title: 'the system is dropped when the browser only promises',
      surface: 'monitor',
      settings: { restrictOwnAudio: false },
      kept: false,
    },
    {
      title: 'the system without the call is kept',
      surface: 'monitor',
      settings: { restrictOwnAudio: true },
      kept: true,
    },
    {
      title: 'a window, which may be the one of the call, is dropped',
      surface: 'window',
      settings: {},
      kept: false,
    },
    { title: 'it is not known what is dropped', surface: undefined, settings: {}, kept: false },
  ])
    it(`the sound of ${title}`, async () => {
      const [video, audio] = choose(surface, settings);
      const screen = await openScreen({ signal: lifetime.signal });
      expect(screen.video === video).to.equal(true);
      expect(screen.audio === (kept ? audio : null)).to.equal(true);
      expect(screen.audioDropped).to.equal(!kept);
      expect(audio?.readyState).to.equal(kept ? 'live' : 'ended');
    });

  it('a picture without sound is not a loss', async () => {
    choose('monitor');
    const { audio, audioDropped } = await openScreen({ signal: lifetime.signal });
    expect(audio === null).to.equal(true);
    expect(audioDropped).to.equal(false);
  });

  it('text is to stay sharp', async () => {
    choose('window');
    const { video } = await openScreen({ signal: lifetime.signal });
    expect(video.contentHint).to.equal('detail');
  });

  it('the sound is silenced while the share shows the tab of the call', async () => {
    if (!('setCaptureHandleConfig' in navigator.mediaDevices)) {
      expect(navigator.userAgent).to.contain('Firefox');
      return;
    }
    let own = '';
    const setCaptureHandleConfig = ({ handle }: { readonly handle: string }): void => void (own = handle);
    undo.push(replace(navigator.mediaDevices, 'setCaptureHandleConfig', setCaptureHandleConfig));
    const [video, audio] = choose('browser', {});
    let shown = 'another tab';
    undo.push(replace(video!, 'getCaptureHandle', () => ({ handle: shown })));
    await openScreen({ signal: lifetime.signal });
    expect(audio?.enabled).to.equal(true);
    shown = own;
    video?.dispatchEvent(new Event('capturehandlechange'));
    expect(audio?.enabled).to.equal(false);
    shown = 'another tab';
    video?.dispatchEvent(new Event('capturehandlechange'));
    expect(audio?.enabled).to.equal(true);
  });

  for (const { title, error, code } of [
    { title: 'nothing is chosen', error: chromium.refused, code: 'SCREEN_SHARE_CANCELLED' },
    { title: 'the system refuses', error: chromium.refusedBySystem, code: 'MEDIA_DENIED_BY_SYSTEM' },
    { title: 'the page refuses', error: chromium.refusedByPage, code: 'MEDIA_DENIED_BY_PAGE' },
  ])
    it(`${title}: ${code}`, async () => {
      undo.push(replaceMediaDevices({ getDisplayMedia: () => Promise.reject(error()) }));
      expect((await failureOf(openScreen({ signal: lifetime.signal }))).code).to.equal(code);
    });

  it('a browser without screen sharing says so', async () => {
    expect(canShareScreen()).to.equal(true);
    undo.push(replace(navigator.mediaDevices, 'getDisplayMedia', undefined));
    expect(canShareScreen()).to.equal(false);
    expect((await failureOf(openScreen({ signal: lifetime.signal }))).code).to.equal(
      'SCREEN_SHARE_UNSUPPORTED',
    );
  });

  it('a screen that is chosen after the call is let go at once', async () => {
    const video = fakeVideoTrack();
    let hand: ((stream: MediaStream) => void) | undefined;
    const answer = new Promise<MediaStream>((resolve) => (hand = resolve));
    undo.push(replaceMediaDevices({ getDisplayMedia: () => answer }));
    const opening = openScreen({ signal: lifetime.signal }).catch((error: unknown) => error);
    lifetime.abort();
    expect(((await opening) as Error).name).to.equal('AbortError');
    hand?.(new MediaStream([video]));
    await answer;
    expect(video.readyState).to.equal('ended');
  });

  it('the real browser shares, and is not believed about the sound of the system', async function () {
    if (navigator.userAgent.includes('Firefox')) this.skip();
    const { video, audio, audioDropped } = await openScreen({ signal: lifetime.signal });
    expect(video.readyState).to.equal('live');
    const { restrictOwnAudio } = (audio?.getSettings() ?? {}) as { restrictOwnAudio?: boolean };
    expect(audio === null || restrictOwnAudio === true, 'no sound without the restriction').to.equal(true);
    expect(audioDropped).to.be.a('boolean');
    video.stop();
    audio?.stop();
  });
});

async function failureOf(opening: Promise<unknown>): Promise<CallError> {
  return opening.then(
    () => expect.fail('it opened'),
    (error: unknown) => error as CallError,
  );
}
