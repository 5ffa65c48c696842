import { log } from '../../../base/logger.js';
import { isActive, localParticipantOf } from '../../../domain/call/call-state.js';
import type { JoinedCall } from '../../call/connection/joined-call.js';
import { cpuLoad, videoCounters } from './cpu-load.js';
import { nextReduction, noReduction } from './video-reduction.js';

const logger = log('cpu');

/** ms between two looks: each finds new statistics, which are read every two seconds. */
const period = 4000;

/** Larger video is captured as it is: most cameras would only scale it down themselves. */
const limitedHeight = 360;

/** The constraints with which a track was opened, and the limit that was applied since. */
interface Captured {
  readonly before: MediaTrackConstraints;
  readonly wanted: string;
}

/**
 * Keeps a call fluent on a slow machine: sends less video while the codecs leave the processor no time, and captures no more
 * than is sent. Sound is never reduced.
 */
export function adaptToCpu({ session, signal }: Pick<JoinedCall, 'session' | 'signal'>): void {
  const { media } = session;
  const captured = new WeakMap<MediaStreamTrack, Captured>();
  let counters = videoCounters([]);
  let reduction = noReduction(performance.now());

  const look = (): void => {
    const { transport } = media;
    const latest = videoCounters(transport?.reports?.() ?? []);
    const load = cpuLoad(counters, latest, navigator.hardwareConcurrency);
    counters = latest;
    const { steps } = reduction;
    reduction = nextReduction(reduction, load, performance.now());
    if (reduction.steps !== steps) logger.debug('video reduced', reduction.steps, load);
    // Another transport may have been opened.
    transport?.reduceVideo?.(reduction.steps);
    const track = media.localTrack('camera');
    if (track) void limitCapture(track);
  };

  const limitCapture = async (track: MediaStreamTrack): Promise<void> => {
    const { before, wanted } = captured.get(track) ?? { before: track.getConstraints(), wanted: '' };
    const limit = captureLimit();
    const now = limit ? JSON.stringify(limit) : '';
    captured.set(track, { before, wanted: now });
    if (now === wanted) return;
    await track
      .applyConstraints({ ...before, ...limit })
      .catch((error: unknown) => logger.debug('applyConstraints rejected', error));
  };

  /** What others get decides. A recording, and an application that uses the stream, get all of the camera. */
  const captureLimit = (): MediaTrackConstraints | undefined => {
    const state = session.store.get();
    const { height = Infinity, frameRate = 0 } = media.transport?.cameraSize?.() ?? {};
    if (height > limitedHeight || media.streamsExposed) return undefined;
    if (!isActive(state) || localParticipantOf(state).recording) return undefined;
    const width = Math.round((height * 16) / 9);
    return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } };
  };

  const timer = setInterval(look, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  look();
}
