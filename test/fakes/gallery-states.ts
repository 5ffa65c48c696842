import { idle, type CallState } from '../../src/domain/call-state.js';
import { after, callOf, callStates, someDevices } from './call-states.js';

export interface Situation {
  readonly state: () => CallState;
  /** The control of the bar that is pressed before the picture is taken. */
  readonly open?: string;
}

const beforeJoining = (): CallState =>
  after(
    idle,
    { type: 'media-wanted', source: 'microphone', on: true },
    { type: 'media-settled', source: 'microphone', on: true },
    { type: 'devices-changed', devices: someDevices },
  );

/** Everything that is photographed: each state of a call, the lobby, and what opens over a call. */
export const galleryStates: Readonly<Record<string, Situation>> = {
  lobby: { state: beforeJoining },
  'lobby-refused': {
    state: () =>
      after(
        idle,
        { type: 'media-settled', source: 'microphone', on: false, trouble: 'MEDIA_DENIED' },
        { type: 'media-settled', source: 'camera', on: false, trouble: 'MEDIA_DENIED_BY_PAGE' },
      ),
  },
  ...Object.fromEntries(Object.entries(callStates).map(([name, state]) => [name, { state }])),
  'participant-list': {
    state: () => callOf(6, { facts: [{ type: 'participant-list-shown', on: true }] }),
  },
  'menu-layout': { state: () => callOf(3), open: 'mode' },
  'menu-devices': { state: () => callOf(3), open: 'audio-mode' },
};
