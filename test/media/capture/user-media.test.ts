import { expect } from '@open-wc/testing';
import { CallError } from '../../../src/domain/call-error.js';
import type { UserMedia } from '../../../src/media/capture/media-sources.js';
import { openUserMedia } from '../../../src/media/capture/user-media.js';
import {
  fakeAudioTrack,
  fakeVideoTrack,
  replace,
  replaceMediaDevices,
} from '../../fakes/media/media-devices.js';
import { mediaErrors } from '../../fakes/media/media-errors.js';

const { chromium } = mediaErrors;

interface Asked {
  readonly audio: boolean;
  readonly video: boolean;
}

describe('opening microphone and camera', () => {
  let undo: (() => void)[] = [];
  let asked: MediaStreamConstraints[] = [];

  afterEach(() => {
    undo.forEach((restore) => restore());
    undo = [];
    asked = [];
  });

  /** Lets getUserMedia throw what `refuse` gives for a request, else hand out what was asked for. */
  function answerWith(refuse: (asked: Asked, constraints: MediaStreamConstraints) => unknown): void {
    const getUserMedia = (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
      asked.push(constraints);
      const wanted = { audio: Boolean(constraints.audio), video: Boolean(constraints.video) };
      const error = refuse(wanted, constraints);
      if (error) return Promise.reject(error as Error);
      const tracks = [
        ...(wanted.audio ? [fakeAudioTrack()] : []),
        ...(wanted.video ? [fakeVideoTrack()] : []),
      ];
      return Promise.resolve(new MediaStream(tracks));
    };
    undo.push(replaceMediaDevices({ getUserMedia }));
  }

  function permit(states: Readonly<Record<string, PermissionState>>): void {
    const query = ({ name }: PermissionDescriptor): Promise<unknown> =>
      Promise.resolve({ state: states[name] });
    undo.push(replace(navigator.permissions, 'query', query));
  }

  it('gives both from the real browser, with the picture of a call', async () => {
    const { microphone, camera } = await openUserMedia({ microphone: {}, camera: {} });
    expect(kindOf(microphone)).to.equal('audio');
    expect(kindOf(camera)).to.equal('video');
    stopAll({ microphone, camera } as UserMedia);
  });

  it('asks once for both, with echo cancellation and an ideal size', async () => {
    answerWith(() => undefined);
    stopAll(await openUserMedia({ microphone: {}, camera: { facingMode: 'environment' } }));
    expect(asked).to.eql([
      {
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        video: {
          width: { ideal: 1280 },
          height: { ideal: 720 },
          frameRate: { ideal: 30 },
          facingMode: { ideal: 'environment' },
        },
      },
    ]);
  });

  it('asks for nothing that is not wanted', async () => {
    answerWith(() => undefined);
    const opened = await openUserMedia({ microphone: {} });
    expect(Object.keys(opened)).to.eql(['microphone']);
    expect(asked[0]).to.have.all.keys('audio');
    expect(await openUserMedia({})).to.eql({});
    expect(asked.length).to.equal(1);
    stopAll(opened);
  });

  for (const { title, error, code } of [
    { title: 'is missing', error: chromium.missing, code: 'MEDIA_NOT_FOUND' },
    { title: 'is in use', error: chromium.inUse, code: 'MEDIA_IN_USE' },
    { title: 'is kept back by the system', error: chromium.refusedBySystem, code: 'MEDIA_DENIED_BY_SYSTEM' },
  ] as const)
    it(`a camera that ${title} does not cost the microphone`, async () => {
      answerWith(({ video }) => (video ? error() : undefined));
      const opened = await openUserMedia({ microphone: {}, camera: {} });
      expect(kindOf(opened.microphone)).to.equal('audio');
      expect(codeOf(opened.camera)).to.equal(code);
      expect((opened.camera as CallError).details).to.eql({ source: 'camera' });
      stopAll(opened);
    });

  it('a camera that is blocked for good does not cost the microphone', async () => {
    permit({ microphone: 'prompt', camera: 'denied' });
    answerWith(({ video }) => (video ? chromium.refused() : undefined));
    const opened = await openUserMedia({ microphone: {}, camera: {} });
    expect(kindOf(opened.microphone)).to.equal('audio');
    expect(codeOf(opened.camera)).to.equal('MEDIA_DENIED');
    stopAll(opened);
  });

  it('a dismissed prompt is not shown a second time', async () => {
    permit({ microphone: 'prompt', camera: 'prompt' });
    answerWith(() => chromium.dismissed());
    const opened = await openUserMedia({ microphone: {}, camera: {} });
    expect(asked.length).to.equal(1);
    expect([codeOf(opened.microphone), codeOf(opened.camera)]).to.eql(['MEDIA_DENIED', 'MEDIA_DENIED']);
  });

  it('opens exactly the device that was chosen', async () => {
    answerWith(() => undefined);
    stopAll(await openUserMedia({ camera: { deviceId: 'chosen' } }));
    expect((asked[0]?.video as MediaTrackConstraints).deviceId).to.eql({ exact: 'chosen' });
  });

  it('takes any device when the chosen one has vanished', async () => {
    answerWith((_, { audio }) =>
      (audio as MediaTrackConstraints).deviceId ? chromium.vanished() : undefined,
    );
    const opened = await openUserMedia({ microphone: { deviceId: 'gone' } });
    expect(kindOf(opened.microphone)).to.equal('audio');
    expect(asked.length).to.equal(2);
    stopAll(opened);
  });

  it('takes any device of the real browser instead of one that never was', async () => {
    const opened = await openUserMedia({ microphone: {}, camera: { deviceId: 'no such camera' } });
    expect(kindOf(opened.microphone)).to.equal('audio');
    expect((opened.camera as MediaStreamTrack).getSettings().deviceId).to.be.a('string');
    stopAll(opened);
  });

  it('stops a track that arrives after the caller has gone', async () => {
    const track = fakeVideoTrack();
    let hand: ((stream: MediaStream) => void) | undefined;
    const answer = new Promise<MediaStream>((resolve) => (hand = resolve));
    const asking = new Promise<void>((isAsked) =>
      undo.push(replaceMediaDevices({ getUserMedia: () => (isAsked(), answer) })),
    );
    const lifetime = new AbortController();
    const opening = openUserMedia({ camera: {} }, { signal: lifetime.signal });
    await asking;
    lifetime.abort();
    expect(await opening).to.eql({});
    expect(track.readyState).to.equal('live');
    hand?.(new MediaStream([track]));
    await answer;
    expect(track.readyState).to.equal('ended');
  });

  it('stops the one track that was opened when the caller goes before the other', async () => {
    const track = fakeAudioTrack();
    const lifetime = new AbortController();
    const getUserMedia = ({ audio, video }: MediaStreamConstraints = {}): Promise<MediaStream> => {
      if (audio && video) return Promise.reject(chromium.missing());
      if (audio) return Promise.resolve(new MediaStream([track]));
      queueMicrotask(() => setTimeout(() => lifetime.abort()));
      return new Promise(() => undefined);
    };
    undo.push(replaceMediaDevices({ getUserMedia }));
    expect(await openUserMedia({ microphone: {}, camera: {} }, { signal: lifetime.signal })).to.eql({});
    expect(track.readyState).to.equal('ended');
  });

  it('does not prompt when the caller has already gone', async () => {
    answerWith(() => undefined);
    expect(await openUserMedia({ camera: {} }, { signal: AbortSignal.abort() })).to.eql({});
    expect(asked).to.eql([]);
  });

  it('without media devices, names the cause for both', async () => {
    undo.push(replace(navigator, 'mediaDevices', undefined), replace(window, 'isSecureContext', false));
    const opened = await openUserMedia({ microphone: {}, camera: { deviceId: 'one' } });
    expect([codeOf(opened.microphone), codeOf(opened.camera)]).to.eql(['MEDIA_INSECURE', 'MEDIA_INSECURE']);
  });
});

function kindOf(result: MediaStreamTrack | CallError | undefined): string | undefined {
  return result instanceof MediaStreamTrack ? result.kind : codeOf(result);
}

function codeOf(result: MediaStreamTrack | CallError | undefined): string | undefined {
  return result instanceof CallError ? result.code : undefined;
}

function stopAll(opened: UserMedia): void {
  for (const result of Object.values(opened) as unknown[])
    if (result instanceof MediaStreamTrack) result.stop();
}
