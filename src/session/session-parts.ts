import { asCallError, type CallError } from '../domain/call-error.js';
import type { CallFact } from '../domain/call/call-facts.js';
import {
  isActive,
  maySend,
  sourcesOf,
  type LeaveReason,
  type LocalSource,
} from '../domain/call/call-state.js';
import type { MediaEncryption } from '../domain/media/media-encryption.js';
import type { ParticipantState } from '../domain/call/participant.js';
import { isEncrypted, type CallSettings } from '../settings/setting-rows.js';
import type { CallStore } from './call-store.js';
import { createDevicePublisher } from './devices/device-events.js';
import { DeviceSelection } from './devices/device-selection.js';
import { LocalTracks } from './media/local/local-tracks.js';
import { startsWithCamera } from './media/local/media-choice.js';
import { MediaPlane } from './media/media-plane.js';
import { OutgoingTracks } from './media/local/outgoing-tracks.js';
import { createRecordingControl } from './media/recording-control.js';
import { createIdleTimeout } from './room/idle-timeout.js';
import { LocalParticipant } from './room/local-participant.js';
import { RoomConnection } from './room/room-connection.js';
import type { EncryptionOptions, SessionPorts } from './session-ports.js';

/** What the parts of a session share. */
export interface SessionContext {
  readonly settings: CallSettings;
  readonly ports: SessionPorts;
  readonly store: CallStore;
  /** Applies a fact; does nothing after the end of the session. */
  readonly dispatch: (fact: CallFact) => void;
  readonly onError: (error: CallError) => void;
  /** Ends the session. */
  readonly end: (reason: LeaveReason, error?: CallError) => void;
  readonly signal: AbortSignal;
}

/** The parts of a session, connected to each other. They end with the signal. */
export type SessionParts = ReturnType<typeof createSessionParts>;

/** What a local source that was turned on or off changes in the state that all participants see. */
const publishedState: Readonly<Record<LocalSource, (on: boolean) => Partial<ParticipantState>>> = {
  microphone: (on) => ({ audioMuted: !on }),
  camera: (on) => ({ videoPaused: !on }),
  screen: (on) => ({ screenSharing: on }),
};

export function createSessionParts(context: SessionContext) {
  const { settings, ports, store, dispatch, onError, end, signal } = context;
  const localParticipant = new LocalParticipant(
    store,
    {
      audioMuted: settings.startWithAudioMuted,
      videoPaused: !startsWithCamera(settings),
      ...(settings.presentation !== 'none' && { isPresenter: settings.presentation === 'presenter' }),
    },
    (changes) => connection.send({ type: 'update', changes }),
  );
  const setRecording = createRecordingControl({
    store,
    localParticipant,
    recording: ports.recording,
    onError,
  });
  const encryption = openEncryption(context, (to, message) => connection.sendSignal(to, 0, message));
  const media: MediaPlane = new MediaPlane({
    ports,
    dispatch,
    encryption,
    sendSignal: (...message) => connection.sendSignal(...message),
    onSilent: () => connection.verify(),
    renewGrant: () => connection.getTransport(),
    expectedSources: (id) => sourcesOf(store.get(), id),
    maySend: (id) => maySend(store.get(), id),
    onTransportReady: (generation) => connection.send({ type: 'transport-ready', generation }),
    signal,
  });
  const localMedia = createLocalMedia(context, media, localParticipant);
  const muteAudio = (muted: boolean): void => localMedia.tracks.setEnabled('microphone', !muted);
  /** A voice call never turns the camera on. */
  const pauseVideo = (paused: boolean): void => {
    const state = store.get();
    if (paused || !isActive(state) || !state.audioOnly) localMedia.tracks.setEnabled('camera', !paused);
  };
  const idleTimeout = createIdleTimeout({
    period: settings,
    dispatch,
    onTimeout: () => end('timed-out'),
    signal,
  });
  const connection: RoomConnection = new RoomConnection({
    openChannel: (channel) => ports.openChannel(channel),
    store,
    localParticipant,
    media,
    dispatch,
    muteAudio,
    pauseVideo,
    onError,
    onEnded: end,
    signal,
  });
  return {
    ...localMedia,
    ...{ localParticipant, media, connection, idleTimeout, muteAudio, pauseVideo, setRecording, encryption },
  };
}

/** The encryption of the call; a rejection is that of the join. */
function openEncryption(
  { settings, ports, signal }: SessionContext,
  send: EncryptionOptions['send'],
): Promise<MediaEncryption> | undefined {
  if (!isEncrypted(settings)) return undefined;
  const opening = ports.openEncryption(settings, { send, signal });
  opening.catch(() => undefined);
  return opening;
}

/** Microphone, camera, screen and speaker: from the device to the transport. */
function createLocalMedia(
  { settings, ports, store, dispatch, onError, signal }: SessionContext,
  media: MediaPlane,
  localParticipant: LocalParticipant,
) {
  const devices = ports.createDeviceList({ signal });
  const publishDevices = createDevicePublisher({ devices, store, signal });
  const tracks: LocalTracks = new LocalTracks({
    ports,
    devices,
    dispatch,
    onTrack: (source, track) => outgoingTracks.setTrack(source, track),
    onSettled: (source, on) => localParticipant.publish(publishedState[source](on)),
    signal,
  });
  const outgoingTracks = new OutgoingTracks(settings, {
    load: ports.loadProcessing,
    track: (source) => tracks.track(source),
    send: (source, track) => media.setLocalTrack(source, track),
    onMissing: (error, withheld) => {
      const failure = asCallError(error);
      onError(failure);
      // Turns off sources whose processing failed to load: unprocessed video would show the room.
      for (const source of withheld) {
        tracks.setEnabled(source, false);
        dispatch({ type: 'media-settled', source, on: false, failure: failure.code });
      }
    },
    signal,
  });
  const deviceSelection = new DeviceSelection({
    devices,
    openInput: (source, deviceId) => tracks.useDevice(source, deviceId),
    checkSpeaker: ports.checkSpeaker,
    onError,
  });
  return { publishDevices, tracks, outgoingTracks, deviceSelection };
}
