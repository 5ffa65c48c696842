import { expect } from '@open-wc/testing';
import { Emitter } from '../../../src/base/emitter.js';
import { callEvent, type CallEvent } from '../../../src/domain/call/call-events.js';
import { noDevices, type Device, type DeviceLists } from '../../../src/domain/media/devices.js';
import { sessionUser } from '../../../src/domain/call/participant.js';
import { eventRows } from '../../../src/facade/v5/session/event-rows.js';
import { EventTranslator } from '../../../src/facade/v5/session/event-translator.js';
import type { SessionEventName, SessionEvents } from '../../../src/facade/v5/session/session-events.js';
import { participant } from '../../fakes/ui/participants.js';
import { calls5 } from '../../fakes/facade/v5-surface.js';

const bob = sessionUser(participant('b', { uid: 'bob', name: 'Bob', avatar: 'https://example.com/bob.png' }));
const ada = sessionUser(participant('a', { uid: 'ada', name: 'Ada' }));
const bobInV5 = { pid: 'b', uid: 'bob', name: 'Bob', avatar: 'https://example.com/bob.png' };

const microphone = (deviceId: string, active: boolean): Device => ({
  deviceId,
  kind: 'audioinput',
  label: deviceId,
  groupId: '',
  active,
});
const lists = (...audioInputDevices: Device[]): DeviceLists => ({ ...noDevices, audioInputDevices });

/** What the listeners of v5 receive for some events of the call. */
function notificationsFor(...events: readonly CallEvent[]): (readonly [string, unknown])[][] {
  const emitter = new Emitter<SessionEvents>();
  const translator = new EventTranslator(emitter);
  const received: (readonly [string, unknown])[] = [];
  for (const name of Object.keys(eventRows) as SessionEventName[])
    emitter.on(name, (detail: unknown) => received.push([name, detail]), new AbortController());
  return events.map((event) => {
    translator.notify(event);
    return received.splice(0);
  });
}

const mute = { muted: bob, mutedBy: ada };
const left = { reason: 'hung-up' } as const;
const failed = { code: 'CONNECTION_LOST', name: 'CallError', message: 'lost', details: null };

const cases: readonly (readonly [CallEvent, readonly (readonly [string, unknown])[]])[] = [
  [callEvent('onSessionJoined', { sessionId: 's' }), [['onSessionJoined', undefined]]],
  [
    callEvent('onSessionLeft', left),
    [
      ['onSessionLeft', undefined],
      ['onConnectionClosed', undefined],
    ],
  ],
  [callEvent('onSessionTimeout'), [['onSessionTimedOut', undefined]]],
  [callEvent('onConnectionClosed'), []],
  [callEvent('onConnectionFailed', failed), [['onConnectionFailed', failed]]],
  [callEvent('onUserJoined', bob), [['onParticipantJoined', bobInV5]]],
  [callEvent('onUserLeft', bob), [['onParticipantLeft', bobInV5]]],
  [callEvent('onUserListUpdated', [bob]), [['onParticipantListChanged', [bobInV5]]]],
  [callEvent('onUserMuted', mute), [['onParticipantAudioMuted', bobInV5]]],
  [callEvent('onUserUnMuted', mute), [['onParticipantAudioUnmuted', bobInV5]]],
  [callEvent('onParticipantHandRaised', bob), [['onParticipantHandRaised', bobInV5]]],
  [
    callEvent('onRecordingStarted', { user: bob }),
    [
      ['onParticipantStartedRecording', bobInV5],
      ['onRecordingStarted', undefined],
    ],
  ],
  [callEvent('onDominantSpeakerChanged', bob), [['onDominantSpeakerChanged', bobInV5]]],
  [callEvent('onDominantSpeakerChanged', null), []],
  [callEvent('onCallEndButtonPressed'), [['onLeaveSessionButtonClicked', undefined]]],
  [callEvent('onControlPressed', { control: 'mute-audio' }), [['onToggleAudioButtonClicked', undefined]]],
  [callEvent('onControlPressed', { control: 'pause-video' }), [['onToggleVideoButtonClicked', undefined]]],
  [callEvent('onControlPressed', { control: 'mode' }), [['onChangeLayoutButtonClicked', undefined]]],
  [callEvent('onControlPressed', { control: 'end-call' }), []],
  [callEvent('onCallLayoutChanged', { mode: 'SIDEBAR' }), [['onCallLayoutChanged', 'SIDEBAR']]],
  [callEvent('onCallLayoutChanged', { mode: 'DEFAULT' }), [['onCallLayoutChanged', 'TILE']]],
  [callEvent('onParticipantListVisible'), [['onParticipantListVisible', undefined]]],
  [callEvent('onError', failed), [['onError', failed]]],
];

describe('the events of v5', () => {
  it('are all that the documents name, but those of features that there are not', () => {
    const named = [...calls5.signals, ...calls5.people, ...calls5.others];
    expect(Object.keys(eventRows)).to.have.members([...named, 'onError']);
    for (const name of calls5.never) expect(eventRows).not.to.have.property(name);
  });

  for (const [event, expected] of cases)
    it(`${event.name} ${JSON.stringify(event.detail) ?? ''} reaches listeners as ${expected.map(([name]) => name).join(', ') || 'nothing'}`, () =>
      expect(notificationsFor(event)).to.deep.equal([expected]));

  it('tell of a list of devices only when it is another one', () => {
    const updated = (devices: DeviceLists): CallEvent => callEvent('onMediaDeviceListUpdated', devices);
    const one = lists(microphone('m1', true));
    const other = lists(microphone('m1', false), microphone('m2', true));
    const switched = lists(microphone('m1', true), microphone('m2', false));
    const [first, second, third, fourth, , again] = notificationsFor(
      updated(one),
      updated(other),
      updated(switched),
      callEvent('onAudioInputDeviceChanged', microphone('m1', true)),
      callEvent('onSessionJoined', { sessionId: 'next' }),
      updated(switched),
    );
    expect(first).to.deep.equal([['onAudioInputDevicesChanged', one.audioInputDevices]]);
    expect(second).to.deep.equal([['onAudioInputDevicesChanged', other.audioInputDevices]]);
    expect(third).to.deep.equal([]);
    expect(fourth).to.deep.equal([['onAudioInputDeviceChanged', microphone('m1', true)]]);
    expect(again, 'in the next session they are notified anew').to.have.lengthOf(1);
  });
});
