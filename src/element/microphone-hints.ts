import { isActive } from '../domain/call-state.js';
import { createLevelMeter } from '../media/level-meter.js';
import type { Hint } from '../ui/notices/hint-rows.js';
import { changeHint } from './change-hint.js';
import type { JoinedCall } from './joined-call.js';

/** ms between two readings. */
const period = 200;

/** What counts as speech, and what as no sound at all: of the level meter's 0 to 1. */
const speech = 0.1;
const silence = 0.0005;

/** Readings of speech in a row before it is said, and readings of nothing. */
const spoken = 4;
const silent = 50;

/** Readings a hint stays after its cause. */
const shown = 30;

interface Ear {
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
  readonly read: () => number;
  readonly end: AbortController;
}

/** Says when somebody speaks although muted, and when nothing comes from a microphone that is on. */
export function hintAtMicrophone(call: JoinedCall): void {
  const { session, signal } = call;
  let ear: Ear | undefined;
  let count = 0;
  let left = 0;
  let hint: Hint | undefined;
  const say = (next: Hint | undefined): void => {
    if (next === hint) return;
    void changeHint(call, hint, next);
    hint = next;
  };
  const look = (): void => {
    const state = session.store.get();
    // Not what goes out: with its noise taken away, a quiet room gives no sound at all, and a muted one no speech.
    const track = isActive(state) ? session.ownTrack('microphone') : undefined;
    const muted = !state.local.microphone.actual;
    if (ear?.track !== track || ear?.muted !== muted) {
      ear?.end.abort();
      ear = track && listen(track, muted);
      count = left = 0;
      say(undefined);
    }
    if (!ear || document.hidden) return;
    const level = ear.read();
    count = (muted ? level > speech : level < silence && mayMeasure()) ? count + 1 : 0;
    if (muted) left = count >= spoken ? shown : Math.max(0, left - 1);
    const talks = muted && left > 0;
    const mute = !muted && count >= silent;
    say(talks ? 'speaking-while-muted' : mute ? 'microphone-silent' : undefined);
  };
  const timer = setInterval(look, period);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      ear?.end.abort();
    },
    { once: true },
  );
}

/** A muted track gives silence to everybody; a copy of it is heard here alone. */
function listen(track: MediaStreamTrack, muted: boolean): Ear {
  const end = new AbortController();
  const heard = muted ? track.clone() : track;
  heard.enabled = true;
  if (muted) end.signal.addEventListener('abort', () => heard.stop(), { once: true });
  const meter = createLevelMeter(heard, { signal: end.signal });
  return { track, muted, read: () => meter.read(), end };
}

/** Until the user has touched the page, browsers may measure nothing: that is not silence. */
function mayMeasure(): boolean {
  return (navigator.userActivation as UserActivation | undefined)?.hasBeenActive ?? false;
}
