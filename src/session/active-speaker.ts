import type { ParticipantId } from '../domain/participant.js';

/** Who speaks, and how sure we are of it. */
export interface SpeakerState {
  readonly speaker: ParticipantId | null;
  /** Smoothed loudness by participant. */
  readonly loudness: ReadonlyMap<ParticipantId, number>;
  /** Who has been clearly louder than the speaker, and since when (ms). */
  readonly challenger: { readonly id: ParticipantId; readonly since: number } | null;
}

export const nobodySpeaks: SpeakerState = { speaker: null, loudness: new Map(), challenger: null };

/** Below it, a microphone hears a room, not a voice. */
const voice = 0.02;
/** How much louder than the speaker another one must be. */
const clearly = 1.4;
/** ms another one must be clearly louder before the place changes: a cough does not take the stage. */
const patience = 700;
/** Weight of the newest sample. */
const weight = 0.3;

/**
 * The next speaker, with hysteresis: whoever speaks keeps the place through pauses, until another one
 * has been clearly louder for a while.
 */
export function nextSpeaker(
  state: SpeakerState,
  levels: ReadonlyMap<ParticipantId, number>,
  now: number,
): SpeakerState {
  const loudness = new Map(
    [...levels].map(([id, level]) => [id, (state.loudness.get(id) ?? 0) * (1 - weight) + level * weight]),
  );
  const speaker = state.speaker !== null && loudness.has(state.speaker) ? state.speaker : null;
  const loudest = [...loudness].reduce<ParticipantId | null>(
    (best, [id, level]) => (best === null || level > (loudness.get(best) ?? 0) ? id : best),
    null,
  );
  const level = loudest === null ? 0 : (loudness.get(loudest) ?? 0);
  const bar = speaker === null ? 0 : (loudness.get(speaker) ?? 0) * clearly;
  if (loudest === null || loudest === speaker || level < voice || level <= bar)
    return { speaker, loudness, challenger: null };
  if (speaker === null) return { speaker: loudest, loudness, challenger: null };
  const since = state.challenger?.id === loudest ? state.challenger.since : now;
  return now - since >= patience
    ? { speaker: loudest, loudness, challenger: null }
    : { speaker, loudness, challenger: { id: loudest, since } };
}
