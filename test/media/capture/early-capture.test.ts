import { expect } from '@open-wc/testing';
import { EarlyCapture } from '../../../src/media/capture/early-capture.js';
import { openUserMedia } from '../../../src/media/capture/user-media.js';
import { initialRequest } from '../../../src/session/media/local/media-choice.js';
import { defaultSettings } from '../../../src/settings/setting-rows.js';
import { until } from '../../fakes/session/call-in-one-page.js';
import { fakeAudioTrack, fakeVideoTrack, replaceMediaDevices } from '../../fakes/media/media-devices.js';

describe('devices requested before the call was loaded', () => {
  const both = initialRequest(defaultSettings);
  let end: AbortController;
  let restore: () => void;
  let opened: MediaStream[];
  let asked: number;
  let refuse: boolean;

  beforeEach(() => {
    end = new AbortController();
    [opened, asked, refuse] = [[], 0, false];
    const getUserMedia = async (): Promise<MediaStream> => {
      asked += 1;
      if (refuse) throw new DOMException('', 'NotAllowedError');
      opened.push(new MediaStream([fakeAudioTrack(), fakeVideoTrack()]));
      return opened.at(-1)!;
    };
    restore = replaceMediaDevices({ getUserMedia });
  });
  afterEach(() => {
    end.abort();
    for (const track of opened.flatMap((stream) => stream.getTracks()))
      if (track.readyState === 'live') track.stop();
    restore();
  });

  const isClosed = (at: number): boolean =>
    opened[at]?.getTracks().every(({ readyState }) => readyState === 'ended') ?? false;
  const request = () => new EarlyCapture(both, { signal: end.signal });

  it('are those that the call opens first, and each is handed over once', async () => {
    const early = request();
    expect(asked).to.equal(1);
    const { camera } = await openUserMedia(both, { early });
    expect(camera).to.equal(opened[0]?.getVideoTracks()[0]);
    expect(asked).to.equal(1);
    await openUserMedia(both, { early });
    expect(asked).to.equal(2);
    early.discard();
    end.abort();
    expect(isClosed(0)).to.equal(false);
  });

  it('are closed when the call opens others', async () => {
    const early = request();
    await openUserMedia({ microphone: {} }, { early });
    await until('closed', () => isClosed(0));
    expect(asked).to.equal(2);
  });

  it('are closed when the call is not wanted any more', async () => {
    request();
    end.abort();
    await until('closed', () => isClosed(0));
  });

  it('are reported as refused by the call that opens them', async () => {
    refuse = true;
    const { camera } = await openUserMedia(both, { early: request() });
    expect(camera).to.have.property('code', 'MEDIA_DENIED');
  });

  it('are missing without harm where the browser has no way to ask, or throws', async () => {
    for (const getUserMedia of [
      undefined as unknown as MediaDevices['getUserMedia'],
      (): never => {
        throw new TypeError('no such function');
      },
    ]) {
      restore();
      restore = replaceMediaDevices({ getUserMedia });
      const { microphone, camera } = await openUserMedia(both, { early: request() });
      expect([microphone, camera]).to.have.nested.property('[0].code', 'MEDIA_FAILED');
      expect(camera).to.have.property('code', 'MEDIA_FAILED');
    }
  });

  it('are none where the settings open none', () => {
    const settings = { ...defaultSettings, startWithAudioMuted: true, startWithVideoMuted: true };
    new EarlyCapture(initialRequest(settings), { signal: end.signal });
    expect(asked).to.equal(0);
  });
});
