import { isActive, remoteParticipantsOf, type CallState } from '../../domain/call/call-state.js';

/** Each custom state of the element (`:state(active)` …) and when it holds. */
const stateRows: Readonly<Record<string, (state: CallState) => boolean>> = {
  joining: ({ phase }) => phase === 'joining',
  active: isActive,
  reconnecting: ({ phase }) => phase === 'reconnecting',
  ended: ({ phase }) => phase === 'ended',
  'audio-muted': (state) => isActive(state) && !state.local.microphone.actual,
  'video-paused': (state) => isActive(state) && !state.local.camera.actual,
  sharing: ({ local }) => local.screen.actual,
  recording: (state) =>
    isActive(state) && [...state.participants.values()].some(({ recording }) => recording),
  pip: (state) => isActive(state) && state.pictureInPicture,
  alone: (state) => isActive(state) && remoteParticipantsOf(state).length === 0,
  encrypted: (state) => isActive(state) && !!state.encryption?.encrypted,
  'idle-warning': (state) => isActive(state) && state.idleEndsAt !== null,
};

/** Brings the custom states of an element in line with its call. */
export function reflectStates(set: (name: string, isSet: boolean) => void, call: CallState): void {
  for (const [name, holds] of Object.entries(stateRows)) set(name, holds(call));
}
