import { isActive } from '../../domain/call/call-state.js';
import { createLevelMeter } from '../../media/audio/level-meter.js';
import type { Hint } from '../../ui/notices/hint-rows.js';
import { replaceHint } from './change-hint.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** ms between two readings. */
const period = 200;

/** Levels that count as speech and as silence, on the level meter's scale of 0 to 1. */
const speechLevel = 0.1;
const silenceLevel = 0.0005;

/** Consecutive readings of speech, or of silence, before a hint appears. */
const speechReadings = 4;
const silentReadings = 50;

/** Readings a hint stays after its cause. */
const hintReadings = 30;

interface MonitoredTrack {
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
  readonly read: () => number;
  readonly end: AbortController;
}

/** Shows a hint when the user speaks while muted, and when an unmuted microphone is silent. */
export function monitorMicrophone(call: JoinedCall): void {
  const { session, signal } = call;
  let monitored: MonitoredTrack | undefined;
  let count = 0;
  let remaining = 0;
  let hint: Hint | undefined;
  const setHint = (next: Hint | undefined): void => {
    if (next === hint) return;
    void replaceHint(call, hint, next);
    hint = next;
  };
  const poll = (): void => {
    const state = session.store.get();
    // Not the outgoing track: noise suppression makes a quiet room silent, and a muted track carries no speech.
    const track = isActive(state) ? session.media.localTrack('microphone') : undefined;
    const muted = !state.local.microphone.actual;
    if (monitored?.track !== track || monitored?.muted !== muted) {
      monitored?.end.abort();
      monitored = track && monitorTrack(track, muted);
      count = remaining = 0;
      setHint(undefined);
    }
    if (!monitored || document.hidden) return;
    const level = monitored.read();
    count = (muted ? level > speechLevel : level < silenceLevel && canMeasure()) ? count + 1 : 0;
    if (muted) remaining = count >= speechReadings ? hintReadings : Math.max(0, remaining - 1);
    const isSpeaking = muted && remaining > 0;
    const isSilent = !muted && count >= silentReadings;
    setHint(isSpeaking ? 'speaking-while-muted' : isSilent ? 'microphone-silent' : undefined);
  };
  const timer = setInterval(poll, period);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      monitored?.end.abort();
    },
    { once: true },
  );
}

/** A muted track is silent for every consumer; a clone of it can be measured here. */
function monitorTrack(track: MediaStreamTrack, muted: boolean): MonitoredTrack {
  const end = new AbortController();
  const audible = muted ? track.clone() : track;
  audible.enabled = true;
  if (muted) end.signal.addEventListener('abort', () => audible.stop(), { once: true });
  const meter = createLevelMeter(audible, { signal: end.signal });
  return { track, muted, read: () => meter.read(), end };
}

/** Until the user has touched the page, browsers may measure nothing: that is not silence. */
function canMeasure(): boolean {
  return (navigator.userActivation as UserActivation | undefined)?.hasBeenActive ?? false;
}
