import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noDevices, type Device, type DeviceLists } from '../../../src/domain/media/devices.js';
import { run, pair } from './transition-cases.js';

describe('a device in use that is disconnected', () => {
  const listed = (...devices: readonly Partial<Device>[]): DeviceLists => ({
    ...noDevices,
    audioInputDevices: devices.map((each) => ({
      deviceId: '',
      kind: 'audioinput',
      label: `${each.deviceId}`,
      groupId: '',
      active: false,
      ...each,
    })),
  });
  const replaced = (...steps: readonly DeviceLists[]): readonly (string | undefined)[] => {
    const facts = steps.map((devices) => ({ type: 'devices-changed', devices }) as const);
    const { gone, now } = run(pair, ...facts).local.replaced.audioInputDevices ?? {};
    return [gone?.deviceId, now?.deviceId];
  };
  const used = { active: true };
  const usb = { deviceId: 'usb', groupId: '1' };
  const builtIn = { deviceId: 'built-in', groupId: '2' };

  it('is remembered with the one that is used then', () =>
    assert.deepEqual(replaced(listed({ ...usb, ...used }, builtIn), listed({ ...builtIn, ...used })), [
      'usb',
      'built-in',
    ]));

  it('is remembered although another one is opened only later', () =>
    assert.deepEqual(
      replaced(listed({ ...usb, ...used }, builtIn), listed(builtIn), listed({ ...builtIn, ...used })),
      ['usb', 'built-in'],
    ));

  it('is known by what it is, where the default of the system is listed as a device', () => {
    const chosen = (groupId: string) => ({ deviceId: 'default', groupId, ...used });
    assert.deepEqual(replaced(listed(chosen('1'), usb, builtIn), listed(chosen('2'), builtIn)), [
      'usb',
      'built-in',
    ]);
    assert.deepEqual(replaced(listed(chosen('1'), usb, builtIn), listed(chosen('2'), usb, builtIn)), [
      undefined,
      undefined,
    ]);
  });

  it('is not one that is merely no longer used, nor one that may no longer be seen', () => {
    const before = listed({ ...usb, ...used }, builtIn);
    assert.deepEqual(replaced(before, listed(usb, { ...builtIn, ...used })), [undefined, undefined]);
    assert.deepEqual(replaced(before, noDevices), [undefined, undefined]);
  });

  it('may be used again', () =>
    assert.deepEqual(
      replaced(
        listed({ ...usb, ...used }, builtIn),
        listed({ ...builtIn, ...used }),
        listed({ ...usb, ...used }, builtIn),
      ),
      ['usb', 'usb'],
    ));
});
