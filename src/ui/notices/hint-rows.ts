import type { CallCommands } from '../../domain/call/call-commands.js';
import { micOff, videoOff } from '../base/icons/icons.js';
import type { Words } from '../words/words.js';
import { hintWords } from './hint-words.js';
import type { Notice } from './notice-rows.js';

/** Hints that depend on measurements. */
export type Hint = 'speaking-while-muted' | 'microphone-silent' | 'camera-black';

const hintRows: Readonly<Record<Hint, (words: Words, commands: CallCommands) => Notice>> = {
  'speaking-while-muted': (words, commands) => ({
    id: 'speaking while muted',
    tone: 'info',
    icon: micOff,
    title: hintWords(words).speakingWhileMuted(),
    text: hintWords(words).speakingWhileMutedHint(),
    actions: [{ label: words.unmuteMicrophone(), primary: true, run: () => commands.muteAudio(false) }],
    dismissable: true,
  }),
  'microphone-silent': (words) => ({
    id: 'microphone silent',
    tone: 'warning',
    icon: micOff,
    title: hintWords(words).microphoneSilent(),
    text: hintWords(words).microphoneSilentHint(),
    actions: [],
    dismissable: true,
  }),
  'camera-black': (words) => ({
    id: 'camera black',
    tone: 'warning',
    icon: videoOff,
    title: hintWords(words).cameraBlack(),
    text: hintWords(words).cameraBlackHint(),
    actions: [],
    dismissable: true,
  }),
};

export function hintNotices(hints: readonly Hint[], words: Words, commands: CallCommands): readonly Notice[] {
  return hints.map((hint) => hintRows[hint](words, commands));
}
