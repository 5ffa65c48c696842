import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { replaceMediaDevices } from '../../fakes/media/media-devices.js';
import { waitUntil } from '../../harness/wait-until.js';

describe('a page that comes back with a call', () => {
  let asked: MediaStreamConstraints[] = [];
  let restore = (): void => undefined;
  let element: CometChatCall;

  beforeEach(() => {
    asked = [];
    restore = replaceMediaDevices({
      enumerateDevices: () => Promise.resolve([]),
      getUserMedia: (wanted) => {
        asked.push(wanted ?? {});
        return new Promise(() => undefined);
      },
    });
    element = document.createElement('cometchat-call');
    Object.assign(element, { signaling: 'broadcast', sessionId: 'page-return', userName: 'Ada' });
  });
  afterEach(() => {
    element.remove();
    restore();
  });

  const isActive = (): boolean => element.matches(':state(active)');

  async function goAndReturn(): Promise<void> {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(isActive()).to.equal(false);
    asked = [];
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitUntil(isActive);
  }

  it('leaves off what the user has switched off', async () => {
    document.body.append(element);
    await waitUntil(isActive);
    element.muteAudio();
    element.pauseVideo();
    for (const time of ['first', 'second']) {
      await goAndReturn();
      const { microphone, camera } = element.callState.local;
      expect([microphone.wanted, camera.wanted], time).to.deep.equal([false, false]);
      expect(asked, time).to.deep.equal([]);
    }
  });

  it('begins another call as its settings say', async () => {
    document.body.append(element);
    await waitUntil(isActive);
    element.muteAudio();
    await goAndReturn();
    element.sessionId = 'page-return-2';
    await waitUntil(() => isActive() && element.callState.local.microphone.wanted);
  });
});
