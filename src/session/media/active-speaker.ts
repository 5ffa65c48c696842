import type { ParticipantId } from '../../domain/call/participant.js';

/** Who speaks, and how sure we are of it. */
export interface SpeakerState {
  readonly speaker: ParticipantId | null;
  /** Smoothed loudness by participant. */
  readonly loudness: ReadonlyMap<ParticipantId, number>;
  /** Who has been clearly louder than the speaker, and since when (ms). */
  readonly challenger: { readonly id: ParticipantId; readonly since: number } | null;
  /** When the speaker was last heard (ms). */
  readonly heardAt: number;
}

export const noSpeaker: SpeakerState = {
  speaker: null,
  loudness: new Map(),
  challenger: null,
  heardAt: 0,
};

/** Below it, a microphone hears a room, not a voice. */
const speechThreshold = 0.02;
/** How much louder than the speaker another one must be. */
const switchRatio = 1.4;
/** ms another one must be clearly louder before the place changes: a cough does not take the stage. */
const switchDelayMs = 700;
/** ms without a voice after which nobody speaks: a pause for breath is shorter. */
const silence = 3000;
/** Weight of the newest sample. */
const weight = 0.3;

/**
 * The next speaker, with hysteresis: whoever speaks keeps the place through pauses, until another one has been clearly louder
 * for a while, or silence lasts.
 */
export function nextSpeaker(
  state: SpeakerState,
  levels: ReadonlyMap<ParticipantId, number>,
  now: number,
): SpeakerState {
  if (state.speaker === null && isQuiet(state.loudness) && isQuiet(levels)) return state;
  const loudness = new Map(
    [...levels].map(([id, level]) => [id, (state.loudness.get(id) ?? 0) * (1 - weight) + level * weight]),
  );
  const before = state.speaker !== null && loudness.has(state.speaker) ? state.speaker : null;
  const heardAt = before !== null && (loudness.get(before) ?? 0) >= speechThreshold ? now : state.heardAt;
  const speaker = now - heardAt < silence ? before : null;
  const loudest = [...loudness].reduce<ParticipantId | null>(
    (best, [id, level]) => (best === null || level > (loudness.get(best) ?? 0) ? id : best),
    null,
  );
  const level = loudest === null ? 0 : (loudness.get(loudest) ?? 0);
  const threshold = speaker === null ? 0 : (loudness.get(speaker) ?? 0) * switchRatio;
  if (loudest === null || loudest === speaker || level < speechThreshold || level <= threshold)
    return { speaker, loudness, challenger: null, heardAt };
  const taken = { speaker: loudest, loudness, challenger: null, heardAt: now };
  if (speaker === null) return taken;
  const since = state.challenger?.id === loudest ? state.challenger.since : now;
  return now - since >= switchDelayMs
    ? taken
    : { speaker, loudness, challenger: { id: loudest, since }, heardAt };
}

/** Ten times a second in most calls: nothing is allocated for it. */
function isQuiet(levels: ReadonlyMap<ParticipantId, number>): boolean {
  for (const level of levels.values()) if (level > speechThreshold / 10) return false;
  return true;
}
