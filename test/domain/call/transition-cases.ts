import assert from 'node:assert/strict';
import { CallError } from '../../../src/domain/call-error.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { idle, isActive, type ActiveCall, type CallState } from '../../../src/domain/call/call-state.js';
import { noDevices, type DeviceLists } from '../../../src/domain/media/devices.js';
import { transition } from '../../../src/domain/call/transition.js';
import type { ParticipantChanges } from '../../../src/domain/call/participant.js';
import { participant } from '../../fakes/ui/participants.js';

export const at = 1_000_000;

export function joinedCall(ids: readonly string[], self = 'a'): ActiveCall {
  const snapshot = {
    sessionId: 's',
    self: participant(self),
    participants: ids.filter((id) => id !== self).map((id) => participant(id)),
  };
  const state = run(
    idle,
    { type: 'join-started' },
    { type: 'joined', snapshot, at, mode: 'DEFAULT', audioOnly: false },
  );
  assert.ok(isActive(state));
  return state;
}

export function run(from: CallState, ...facts: readonly CallFact[]): CallState {
  return facts.reduce((state, fact) => transition(state, fact).state, from);
}

export const updated = (id: string, changes: ParticipantChanges, by: string | null = id): CallFact => ({
  type: 'participant-updated',
  id,
  changes,
  by,
});

const alone = joinedCall(['a']);

export const pair = joinedCall(['a', 'b']);

const trio = joinedCall(['a', 'b', 'c']);

const pairOfTrio = run(trio, { type: 'participant-left', id: 'c' });

const connected = run(pair, { type: 'link-changed', id: 'b', state: 'connected' });

/** Back at the server, with media of which it is not known whether it has stopped. */
const returned = run(
  connected,
  updated('b', { connection: 'reconnecting' }, null),
  updated('b', { connection: 'connected' }, null),
);

const interrupted = run(pair, { type: 'link-changed', id: 'b', state: 'interrupted' });

export const away = run(pair, { type: 'connection-lost' });

const sharing = run(pair, updated('a', { screenSharing: true }));

const snapshotOf = (...ids: string[]) => ({
  sessionId: 's',
  self: participant('a'),
  participants: ids.map((id) => participant(id)),
});

const microphones = (ids: readonly string[], used: string): DeviceLists => ({
  ...noDevices,
  audioInputDevices: ids.map((deviceId) => ({
    deviceId,
    kind: 'audioinput',
    label: deviceId,
    groupId: '',
    active: deviceId === used,
  })),
});

const withDevices = (ids: readonly string[], used: string): CallState =>
  run(pair, { type: 'devices-changed', devices: microphones(ids, used) });

export const cases: readonly { title: string; from: CallState; fact: CallFact; raises: readonly string[] }[] =
  [
    {
      title: 'joining a call with one other in it',
      from: run(idle, { type: 'join-started' }),
      fact: { type: 'joined', snapshot: snapshotOf('b'), at, mode: 'DEFAULT', audioOnly: false },
      raises: ['onSessionJoined', 'onUserJoined', 'onUserListUpdated'],
    },
    {
      title: 'joined without the wish to join',
      from: idle,
      fact: { type: 'joined', snapshot: snapshotOf('b'), at, mode: 'DEFAULT', audioOnly: false },
      raises: [],
    },
    {
      title: 'a participant joins',
      from: alone,
      fact: { type: 'participant-joined', participant: participant('b') },
      raises: ['onUserJoined', 'onUserListUpdated'],
    },
    {
      title: 'a participant joins who already records',
      from: alone,
      fact: { type: 'participant-joined', participant: participant('b', { recording: true }) },
      raises: ['onUserJoined', 'onUserListUpdated', 'onRecordingStarted'],
    },
    {
      title: 'a join that is reported twice',
      from: pair,
      fact: { type: 'participant-joined', participant: participant('b') },
      raises: [],
    },
    {
      title: 'the other one of a 1:1 call leaves',
      from: pair,
      fact: { type: 'participant-left', id: 'b' },
      raises: ['onUserLeft', 'onUserListUpdated', 'onCallEnded'],
    },
    {
      title: 'the last other one of a call of three leaves',
      from: pairOfTrio,
      fact: { type: 'participant-left', id: 'b' },
      raises: ['onUserLeft', 'onUserListUpdated'],
    },
    {
      title: 'the only viewer of a presentation leaves',
      from: run(pair, updated('b', { isPresenter: false })),
      fact: { type: 'participant-left', id: 'b' },
      raises: ['onUserLeft', 'onUserListUpdated'],
    },
    { title: 'a stranger leaves', from: pair, fact: { type: 'participant-left', id: 'z' }, raises: [] },
    {
      title: 'the server says that oneself left',
      from: pair,
      fact: { type: 'participant-left', id: 'a' },
      raises: [],
    },
    {
      title: 'a participant leaves who shared and recorded',
      from: run(trio, updated('b', { screenSharing: true, recording: true })),
      fact: { type: 'participant-left', id: 'b' },
      raises: ['onRecordingStopped', 'onParticipantStoppedScreenShare', 'onUserLeft', 'onUserListUpdated'],
    },
    {
      title: 'the speaker leaves',
      from: run(trio, { type: 'speaker-changed', id: 'b' }),
      fact: { type: 'participant-left', id: 'b' },
      raises: ['onUserLeft', 'onUserListUpdated', 'onDominantSpeakerChanged'],
    },
    {
      title: 'a participant mutes themselves',
      from: pair,
      fact: updated('b', { audioMuted: true }),
      raises: ['onUserMuted'],
    },
    {
      title: 'one is muted by another',
      from: pair,
      fact: updated('a', { audioMuted: true }, 'b'),
      raises: ['onUserMuted', 'onAudioMuted'],
    },
    { title: 'muted twice', from: pair, fact: updated('b', { audioMuted: false }), raises: [] },
    {
      title: 'unmuted',
      from: run(pair, updated('b', { audioMuted: true })),
      fact: updated('b', { audioMuted: false }),
      raises: ['onUserUnMuted'],
    },
    {
      title: 'own camera off',
      from: pair,
      fact: updated('a', { videoPaused: true }),
      raises: ['onParticipantVideoPaused', 'onVideoPaused'],
    },
    {
      title: 'hand up',
      from: pair,
      fact: updated('b', { handRaisedAt: 1 }),
      raises: ['onParticipantHandRaised'],
    },
    {
      title: 'recording starts',
      from: pair,
      fact: updated('b', { recording: true }),
      raises: ['onRecordingStarted'],
    },
    { title: 'news of a stranger', from: pair, fact: updated('z', { audioMuted: true }), raises: [] },
    {
      title: 'a participant’s socket breaks',
      from: pair,
      fact: updated('b', { connection: 'reconnecting' }, null),
      raises: ['onRemoteConnectionLost'],
    },
    {
      title: 'a link breaks',
      from: pair,
      fact: { type: 'link-changed', id: 'b', state: 'interrupted' },
      raises: ['onRemoteConnectionLost'],
    },
    {
      title: 'a broken link fails: already reported',
      from: interrupted,
      fact: { type: 'link-changed', id: 'b', state: 'failed' },
      raises: [],
    },
    {
      title: 'a broken link is rebuilt: nothing until it is back',
      from: interrupted,
      fact: { type: 'link-changed', id: 'b', state: 'connecting' },
      raises: [],
    },
    {
      title: 'a broken link is back after a rebuild',
      from: run(interrupted, { type: 'link-changed', id: 'b', state: 'connecting' }),
      fact: { type: 'link-changed', id: 'b', state: 'connected' },
      raises: ['onRemoteConnectionRestored'],
    },
    {
      title: 'a participant’s socket breaks after their link: already reported',
      from: interrupted,
      fact: updated('b', { connection: 'reconnecting' }, null),
      raises: [],
    },
    {
      title: 'a link is back while the socket is still broken: not yet',
      from: run(interrupted, updated('b', { connection: 'reconnecting' }, null)),
      fact: { type: 'link-changed', id: 'b', state: 'connected' },
      raises: [],
    },
    {
      title: 'a socket is back after the link',
      from: run(interrupted, updated('b', { connection: 'reconnecting' }, null), {
        type: 'link-changed',
        id: 'b',
        state: 'connected',
      }),
      fact: updated('b', { connection: 'connected' }, null),
      raises: ['onRemoteConnectionRestored'],
    },
    {
      title: 'a socket is back while the link is still broken: not yet',
      from: run(interrupted, updated('b', { connection: 'reconnecting' }, null)),
      fact: updated('b', { connection: 'connected' }, null),
      raises: [],
    },
    {
      title: 'a socket is back, with media that may have stopped: not yet',
      from: run(connected, updated('b', { connection: 'reconnecting' }, null)),
      fact: updated('b', { connection: 'connected' }, null),
      raises: [],
    },
    {
      title: 'after the socket is back, the media proves to have stopped: the same outage',
      from: returned,
      fact: { type: 'link-changed', id: 'b', state: 'interrupted' },
      raises: [],
    },
    {
      title: 'after the socket, the media is back',
      from: run(returned, { type: 'link-changed', id: 'b', state: 'interrupted' }),
      fact: { type: 'link-changed', id: 'b', state: 'connected' },
      raises: ['onRemoteConnectionRestored'],
    },
    {
      title: 'the media did not stop while the socket was lost',
      from: returned,
      fact: { type: 'outage-over', id: 'b' },
      raises: ['onRemoteConnectionRestored'],
    },
    {
      title: 'an outage that goes on is not over',
      from: interrupted,
      fact: { type: 'outage-over', id: 'b' },
      raises: [],
    },
    {
      title: 'one who was waited for rejoins a restarted server',
      from: run(pair, updated('b', { connection: 'reconnecting' }, null)),
      fact: { type: 'participant-joined', participant: participant('b') },
      raises: ['onRemoteConnectionRestored'],
    },
    {
      title: 'a first link',
      from: pair,
      fact: { type: 'link-changed', id: 'b', state: 'connected' },
      raises: [],
    },
    {
      title: 'the server is lost',
      from: pair,
      fact: { type: 'connection-lost' },
      raises: ['onConnectionLost'],
    },
    { title: 'the server is lost twice', from: away, fact: { type: 'connection-lost' }, raises: [] },
    {
      title: 'back, and nothing changed',
      from: away,
      fact: { type: 'connection-restored', snapshot: snapshotOf('b'), absent: [] },
      raises: ['onConnectionRestored'],
    },
    {
      title: 'back, one left and one came meanwhile',
      from: away,
      fact: { type: 'connection-restored', snapshot: snapshotOf('c'), absent: [] },
      raises: [
        'onConnectionRestored',
        'onUserLeft',
        'onUserListUpdated',
        'onCallEnded',
        'onUserJoined',
        'onUserListUpdated',
      ],
    },
    {
      title: 'back at a restarted server that does not know the other one yet',
      from: away,
      fact: { type: 'connection-restored', snapshot: snapshotOf(), absent: ['b'] },
      raises: ['onConnectionRestored', 'onRemoteConnectionLost'],
    },
    {
      title: 'back at a restarted server that does not know the other one yet, whose media goes on',
      from: run(away, { type: 'link-changed', id: 'b', state: 'connected' }),
      fact: { type: 'connection-restored', snapshot: snapshotOf(), absent: ['b'] },
      raises: ['onConnectionRestored'],
    },
    {
      title: 'back, and the other one was muted meanwhile',
      from: away,
      fact: {
        type: 'connection-restored',
        snapshot: { ...snapshotOf(), participants: [participant('b', { audioMuted: true })] },
        absent: [],
      },
      raises: ['onConnectionRestored', 'onUserMuted'],
    },
    {
      title: 'a failure in the call',
      from: pair,
      fact: { type: 'failed', error: new CallError('MEDIA_DENIED') },
      raises: ['onError'],
    },
    {
      title: 'the join fails',
      from: run(idle, { type: 'join-started' }),
      fact: { type: 'ended', reason: 'failed', error: new CallError('TOKEN_EXPIRED'), at },
      raises: ['onError', 'onConnectionFailed'],
    },
    {
      title: 'the list of participants is opened',
      from: pair,
      fact: { type: 'participant-list-shown', on: true },
      raises: ['onParticipantListVisible'],
    },
    {
      title: 'it is closed',
      from: run(pair, { type: 'participant-list-shown', on: true }),
      fact: { type: 'participant-list-shown', on: false },
      raises: ['onParticipantListHidden'],
    },
    {
      title: 'it was closed already',
      from: pair,
      fact: { type: 'participant-list-shown', on: false },
      raises: [],
    },
    {
      title: 'a button is pressed',
      from: pair,
      fact: { type: 'control-pressed', control: 'raise-hand' },
      raises: ['onControlPressed'],
    },
    {
      title: 'another microphone is used',
      from: withDevices(['m1', 'm2'], 'm1'),
      fact: { type: 'devices-changed', devices: microphones(['m1', 'm2'], 'm2') },
      raises: ['onMediaDeviceListUpdated', 'onAudioInputDeviceChanged'],
    },
    {
      title: 'a microphone is plugged in',
      from: withDevices(['m1'], 'm1'),
      fact: { type: 'devices-changed', devices: microphones(['m1', 'm2'], 'm1') },
      raises: ['onMediaDeviceListUpdated'],
    },
    { title: 'leaving', from: pair, fact: { type: 'ended', reason: 'left', at }, raises: ['onSessionLeft'] },
    {
      title: 'leaving while sharing',
      from: sharing,
      fact: { type: 'ended', reason: 'hung-up', at },
      raises: ['onScreenShareStopped', 'onSessionLeft'],
    },
    {
      title: 'alone for too long',
      from: alone,
      fact: { type: 'ended', reason: 'timed-out', at },
      raises: ['onSessionTimeout', 'onConnectionClosed', 'onSessionLeft'],
    },
    {
      title: 'leaving twice',
      from: run(pair, { type: 'ended', reason: 'left', at }),
      fact: { type: 'ended', reason: 'left', at },
      raises: [],
    },
    {
      title: 'the end button',
      from: pair,
      fact: { type: 'end-pressed' },
      raises: ['onCallEndButtonPressed'],
    },
    {
      title: 'another layout',
      from: pair,
      fact: { type: 'mode-set', mode: 'SPOTLIGHT' },
      raises: ['onCallLayoutChanged'],
    },
    { title: 'the same layout', from: pair, fact: { type: 'mode-set', mode: 'DEFAULT' }, raises: [] },
    {
      title: 'all agree to switch to video',
      from: pair,
      fact: { type: 'switched-to-video', initiator: 'a', responder: 'b' },
      raises: ['onCallSwitchedToVideo'],
    },
    {
      title: 'sharing begins',
      from: pair,
      fact: { type: 'media-settled', source: 'screen', on: true },
      raises: ['onScreenShareStarted'],
    },
    {
      title: 'sharing was cancelled',
      from: run(pair, { type: 'media-wanted', source: 'screen', on: true }),
      fact: { type: 'media-settled', source: 'screen', on: false },
      raises: [],
    },
    {
      title: 'a microphone before the call',
      from: idle,
      fact: { type: 'media-settled', source: 'microphone', on: true },
      raises: [],
    },
  ];
