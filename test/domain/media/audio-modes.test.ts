import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { audioModeOf, audioModes, deviceOfMode } from '../../../src/domain/media/audio-modes.js';
import type { Device } from '../../../src/domain/media/devices.js';

const speaker = (label: string): Device => ({
  deviceId: label,
  kind: 'audiooutput',
  label,
  groupId: '',
  active: false,
});

describe('audio modes', () => {
  for (const [label, mode] of [
    ['Default', 'SPEAKER'],
    ['MacBook Pro Speakers (Built-in)', 'SPEAKER'],
    ['Headset earpiece', 'EARPIECE'],
    ['Wired headphones', 'HEADPHONES'],
    ['Jane’s AirPods', 'BLUETOOTH'],
    ['Headset (Bluetooth Hands-Free)', 'BLUETOOTH'],
  ] as const)
    it(`takes "${label}" for ${mode}`, () => assert.equal(audioModeOf(speaker(label)), mode));

  it('lists each kind once and finds its first device', () => {
    const outputs = [speaker('Default'), speaker('Speakers'), speaker('AirPods')];
    assert.deepEqual(audioModes(outputs), ['SPEAKER', 'BLUETOOTH']);
    assert.equal(deviceOfMode('BLUETOOTH', outputs)?.deviceId, 'AirPods');
    assert.equal(deviceOfMode('EARPIECE', outputs), undefined);
  });
});
