import { isActive, type ActiveCall, type CallState } from '../../domain/call/call-state.js';
import type { Participant } from '../../domain/call/participant.js';
import type { Announcements } from '../../settings/setting-rows.js';
import type { Words } from '../words/words.js';

/** The screen-reader announcements for a change of the call. */
export function announcements(
  before: CallState,
  after: CallState,
  words: Words,
  wanted: Announcements = 'all',
): readonly string[] {
  if (wanted === 'none' || !isActive(after) || !isActive(before)) return [];
  const all = wanted === 'all';
  return [
    ...connectionChange(before, after, words),
    ...(all ? rosterChanges(before, after, words) : []),
    ...stateChanges(before, after, words, all),
  ];
}

function connectionChange(
  { phase: previousPhase }: ActiveCall,
  { phase }: ActiveCall,
  words: Words,
): readonly string[] {
  if (previousPhase === phase) return [];
  return [phase === 'reconnecting' ? words.reconnecting() : words.announceConnectionRestored()];
}

function rosterChanges(before: ActiveCall, after: ActiveCall, words: Words): readonly string[] {
  const absentFrom = (from: ActiveCall, others: ActiveCall): string[] =>
    [...from.participants.values()]
      .filter(({ id }) => !others.participants.has(id))
      .map((participant) => nameOf(participant, words));
  const joined = absentFrom(after, before);
  const left = absentFrom(before, after);
  return [
    ...(joined.length > 0 ? [words.announceJoined(joined)] : []),
    ...(left.length > 0 ? [words.announceLeft(left)] : []),
  ];
}

function stateChanges(before: ActiveCall, after: ActiveCall, words: Words, all: boolean): readonly string[] {
  return [...after.participants.values()].flatMap((current) => {
    const previous = before.participants.get(current.id);
    return previous && previous !== current
      ? changesOf(previous, current, { isLocal: current.id === after.selfId, all, words })
      : [];
  });
}

interface AnnouncementScope {
  readonly isLocal: boolean;
  readonly all: boolean;
  readonly words: Words;
}

/** Mutes and hands of remote participants are frequent; a recording and a shared screen matter to everyone. */
function changesOf(
  previous: Participant,
  current: Participant,
  { isLocal, all, words }: AnnouncementScope,
): readonly string[] {
  const name = nameOf(current, words);
  const messages: string[] = [];
  if (previous.audioMuted !== current.audioMuted && isLocal)
    messages.push(current.audioMuted ? words.announceYouWereMuted() : words.announceYouAreUnmuted());
  else if (all && previous.audioMuted !== current.audioMuted)
    messages.push(current.audioMuted ? words.announceMuted(name) : words.announceUnmuted(name));
  if (all && (previous.handRaisedAt === null) !== (current.handRaisedAt === null))
    messages.push(
      current.handRaisedAt === null ? words.announceHandLowered(name) : words.announceHandRaised(name),
    );
  if (previous.recording !== current.recording) {
    const started = isLocal ? words.youAreRecording() : words.isRecording(name);
    messages.push(current.recording ? started : words.announceRecordingStopped());
  }
  if (!previous.screenSharing && current.screenSharing && !isLocal)
    messages.push(words.announceSharing(name));
  return messages;
}

function nameOf({ name }: Participant, words: Words): string {
  return name || words.someone();
}
