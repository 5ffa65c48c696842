import type { ParticipantId } from '../../../domain/call/participant.js';

/** The active speaker, and the data for the next decision. */
export interface SpeakerState {
  readonly speaker: ParticipantId | null;
  /** Smoothed audio level by participant, 0 to 1. */
  readonly loudness: ReadonlyMap<ParticipantId, number>;
  /** The participant who is clearly louder than the speaker, and since when (ms). */
  readonly challenger: { readonly id: ParticipantId; readonly since: number } | null;
  /** When the speaker's level last reached the speech threshold (ms). */
  readonly spokeAt: number;
}

export const noSpeaker: SpeakerState = {
  speaker: null,
  loudness: new Map(),
  challenger: null,
  spokeAt: 0,
};

/** Levels below are background noise. */
const speechThreshold = 0.02;
/** The factor by which a challenger must exceed the speaker's level. */
const switchRatio = 1.4;
/** ms a challenger must stay louder, so that a cough does not change the speaker. */
const switchDelayMs = 700;
/** ms of silence after which there is no speaker. Longer than a pause for breath. */
const silence = 3000;
/** Weight of the newest sample in the smoothed level. */
const weight = 0.3;

/**
 * Computes the next speaker, with hysteresis: the speaker stays through short pauses, until a challenger has been louder
 * for `switchDelayMs` or no participant has spoken for `silence`. `now` is in ms.
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
  const spokeAt = before !== null && (loudness.get(before) ?? 0) >= speechThreshold ? now : state.spokeAt;
  const speaker = now - spokeAt < silence ? before : null;
  const loudest = [...loudness].reduce<ParticipantId | null>(
    (best, [id, level]) => (best === null || level > (loudness.get(best) ?? 0) ? id : best),
    null,
  );
  const level = loudest === null ? 0 : (loudness.get(loudest) ?? 0);
  const threshold = speaker === null ? 0 : (loudness.get(speaker) ?? 0) * switchRatio;
  if (loudest === null || loudest === speaker || level < speechThreshold || level <= threshold)
    return { speaker, loudness, challenger: null, spokeAt };
  const switched = { speaker: loudest, loudness, challenger: null, spokeAt: now };
  if (speaker === null) return switched;
  const since = state.challenger?.id === loudest ? state.challenger.since : now;
  return now - since >= switchDelayMs
    ? switched
    : { speaker, loudness, challenger: { id: loudest, since }, spokeAt };
}

/** Runs ten times a second, so it allocates nothing. */
function isQuiet(levels: ReadonlyMap<ParticipantId, number>): boolean {
  for (const level of levels.values()) if (level > speechThreshold / 10) return false;
  return true;
}
