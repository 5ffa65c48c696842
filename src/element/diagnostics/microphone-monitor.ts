import { isActive } from '../../domain/call/call-state.js';
import { createLevelMeter } from '../../media/audio/level-meter.js';
import type { Hint } from '../../ui/notices/hint-rows.js';
import { replaceHint } from './change-hint.js';
import type { JoinedCall } from '../call/joined-call.js';

/** ms between two readings. */
const period = 200;

/** What counts as speech, and what as no sound at all: of the level meter's 0 to 1. */
const speechLevel = 0.1;
const silenceLevel = 0.0005;

/** Readings of speech in a row before it is said, and readings of nothing. */
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

/** Says when somebody speaks although muted, and when nothing comes from a microphone that is on. */
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
    // Not what goes out: with its noise taken away, a quiet room gives no sound at all, and a muted one no speech.
    const track = isActive(state) ? session.localTrack('microphone') : undefined;
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

/** A muted track gives silence to everybody; a copy of it is heard here alone. */
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
