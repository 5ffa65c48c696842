import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noDevices, type Device, type DeviceLists } from '../../../src/domain/media/devices.js';
import { replacedDevices } from '../../../src/domain/media/replaced-devices.js';

const device = (deviceId: string, active: boolean): Device => ({
  deviceId,
  groupId: deviceId,
  kind: 'audiooutput',
  label: deviceId,
  active,
});
const lists = (more: Partial<DeviceLists>): DeviceLists => ({ ...noDevices, ...more });
const microphones = [device('microphone', true)];
const headset = device('headset', true);

describe('a device in use that is disconnected', () => {
  for (const [title, before, after, gone] of [
    [
      'another one is left',
      { audioOutputDevices: [headset, device('loudspeaker', false)] },
      { audioOutputDevices: [device('loudspeaker', true)] },
      'headset',
    ],
    [
      'the only listed speaker, in Firefox: audio goes to the system default, which is not listed',
      { audioInputDevices: microphones, audioOutputDevices: [headset] },
      { audioInputDevices: microphones },
      'headset',
    ],
    [
      'a revoked permission empties the lists of microphones and speakers: no device is gone',
      { audioInputDevices: microphones, audioOutputDevices: [headset], videoInputDevices: [headset] },
      { videoInputDevices: [headset] },
      undefined,
    ],
  ] as const)
    it(title, () =>
      assert.equal(replacedDevices({}, lists(before), lists(after)).audioOutputDevices?.gone.deviceId, gone),
    );
});
