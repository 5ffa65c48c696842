import { isActive, type ActiveCall, type CallState } from '../../domain/call-state.js';
import type { Participant } from '../../domain/participant.js';
import type { Announcements } from '../../settings/setting-rows.js';
import type { Words } from '../words.js';

/** What a change of the call is worth saying to somebody who does not see it. */
export function announcements(
  before: CallState,
  after: CallState,
  words: Words,
  wanted: Announcements = 'all',
): readonly string[] {
  if (wanted === 'none' || !isActive(after) || !isActive(before)) return [];
  const all = wanted === 'all';
  return [
    ...connection(before, after, words),
    ...(all ? people(before, after, words) : []),
    ...states(before, after, words, all),
  ];
}

function connection({ phase: was }: ActiveCall, { phase: is }: ActiveCall, words: Words): readonly string[] {
  if (was === is) return [];
  return [is === 'reconnecting' ? words.reconnecting() : words.saidBack()];
}

function people(before: ActiveCall, after: ActiveCall, words: Words): readonly string[] {
  const missing = (from: ActiveCall, others: ActiveCall): string[] =>
    [...from.participants.values()]
      .filter(({ id }) => !others.participants.has(id))
      .map((one) => nameOf(one, words));
  const came = missing(after, before);
  const left = missing(before, after);
  return [
    ...(came.length > 0 ? [words.saidJoined(came)] : []),
    ...(left.length > 0 ? [words.saidLeft(left)] : []),
  ];
}

function states(before: ActiveCall, after: ActiveCall, words: Words, all: boolean): readonly string[] {
  return [...after.participants.values()].flatMap((is) => {
    const was = before.participants.get(is.id);
    return was && was !== is ? changesOf(was, is, { own: is.id === after.selfId, all, words }) : [];
  });
}

interface Telling {
  readonly own: boolean;
  readonly all: boolean;
  readonly words: Words;
}

/** Muted microphones and hands of others are many; a recording and a shared screen concern everybody. */
function changesOf(was: Participant, is: Participant, { own, all, words }: Telling): readonly string[] {
  const name = nameOf(is, words);
  const said: string[] = [];
  if (was.audioMuted !== is.audioMuted && own)
    said.push(is.audioMuted ? words.saidYouWereMuted() : words.saidYouAreUnmuted());
  else if (all && was.audioMuted !== is.audioMuted)
    said.push(is.audioMuted ? words.saidMuted(name) : words.saidUnmuted(name));
  if (all && (was.handRaisedAt === null) !== (is.handRaisedAt === null))
    said.push(is.handRaisedAt === null ? words.saidHandDown(name) : words.saidHandUp(name));
  if (was.recording !== is.recording) {
    const started = own ? words.youAreRecording() : words.isRecording(name);
    said.push(is.recording ? started : words.saidRecordingStopped());
  }
  if (!was.screenSharing && is.screenSharing && !own) said.push(words.saidSharing(name));
  return said;
}

function nameOf({ name }: Participant, words: Words): string {
  return name || words.someone();
}
