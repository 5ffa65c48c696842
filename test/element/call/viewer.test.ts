import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { replaceMediaDevices } from '../../fakes/media/media-devices.js';
import { waitUntil } from '../../harness/wait-until.js';

const tokenOf = (user: object): string =>
  ['{}', JSON.stringify({ data: { sessionId: 's', user }, exp: 4e9 }), '']
    .map((part) => btoa(part))
    .join('.');

describe('a viewer of a presentation', () => {
  const viewers: readonly [string, Partial<CometChatCall>][] = [
    ['by setting', { signaling: 'broadcast', sessionId: 'viewers', userName: 'Ada', presentation: 'viewer' }],
    ['by the role in the token', { token: tokenOf({ uid: 'ada', role: 'viewer' }) }],
  ];
  for (const [by, properties] of viewers)
    it(`is never asked for camera and microphone: ${by}`, async () => {
      let asked = 0;
      const restore = replaceMediaDevices({
        getUserMedia: () => {
          asked += 1;
          return Promise.reject(new DOMException('', 'NotAllowedError'));
        },
      });
      const element = Object.assign(document.createElement('cometchat-call'), properties);
      document.body.append(element);
      await waitUntil(() => element.callState.phase !== 'idle', 'it joins');
      element.remove();
      restore();
      expect(asked).to.equal(0);
    });
});
