import { str } from '@lit/localize';
import { language, type Language, type Templates } from '../i18n/language.js';

/**
 * Phrases without placeholders that several parts use; those of one button or one window are written there. `muteMicrophone` has the id `mute-microphone` in the
 * locales.
 */
export const plainPhrases = {
  // Controls
  controls: 'Call controls',
  muteMicrophone: 'Mute microphone',
  unmuteMicrophone: 'Unmute microphone',
  turnCameraOff: 'Turn camera off',
  turnCameraOn: 'Turn camera on',
  layout: 'Layout',
  pictureInPicture: 'Picture-in-picture',
  more: 'More',

  // Tiles
  stage: 'Participant videos',
  yourScreen: 'Your screen',
  someone: 'Guest',
  moveSelfView: 'Move your video: drag it or use the arrow keys',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Exit full screen',
  muted: 'Muted',
  cameraOff: 'Camera off',
  speaking: 'Speaking',
  handRaised: 'Hand raised',
  recording: 'Recording',
  pinned: 'Pinned',
  quality0: 'No connection',
  quality1: 'Very weak connection',
  quality2: 'Weak connection',
  quality3: 'Good connection',
  quality4: 'Excellent connection',
  reconnecting: 'Reconnecting…',
  connecting: 'Connecting…',
  previousPage: 'Previous page',
  nextPage: 'Next page',

  // Before, after and around the call
  joining: 'Joining…',
  call: 'Video call',
  alone: 'You are the only one here',
  aloneHint: 'Others will appear when they join.',
  waitingForPresenter: 'Waiting for the presenter',
  callTime: 'Call duration',
  rejoin: 'Rejoin',
  endedByServer: 'The call has ended',
  failedLOADING: 'Part of the call could not be loaded. Check your connection and try again.',

  // Notices
  tryAgain: 'Try again',
  connectionLost: 'Connection lost',
  connectionLostHint: 'Trying to reconnect. You do not need to do anything.',
  youAreRecording: 'You are recording this call',
  accept: 'Accept',
  decline: 'Decline',
  tapToHear: 'Tap to hear the others',

  // Participants
  close: 'Close',

  // Said to screen readers
  announceYouWereMuted: 'Your microphone is muted',
  announceYouAreUnmuted: 'Your microphone is on',
  announceRecordingStopped: 'Recording stopped',
  announceConnectionRestored: 'Connection restored',
} as const;

/** All text of the interface. Each render reads the phrases anew, so that a change of language shows at once. */
const phrasesIn = (language: Language) => ({
  ...translatedPhrases(plainPhrases, language.msg),
  ...visiblePhrases(language),
  ...announcedPhrases(language),
});

const visiblePhrases = ({ msg, counted, enumerated, numbered, clocked }: Language) => ({
  // Formats of the language
  /** For phrases of lazy chunks. */
  translate: msg,
  counted,
  number: numbered,
  list: enumerated,
  clock: clocked,

  // Controls
  shortcuts: () => msg('Keyboard shortcuts', { id: 'help-title' }),

  // Tiles
  you: (name: string) => msg(str`${name} (you)`, { id: 'you' }),
  screenOf: (name: string) => msg(str`${name}’s screen`, { id: 'screen-of' }),
  optionsFor: (name: string) => msg(str`Options for ${name}`, { id: 'options-for' }),
  page: (page: number, pages: number) =>
    msg(str`Page ${numbered(page)} of ${numbered(pages)}`, { id: 'page' }),

  // Notices
  isRecording: (name: string) => msg(str`${name} is recording this call`, { id: 'is-recording' }),
});

/** Said to screen readers. */
const announcedPhrases = ({ msg, counted, listed }: Language) => ({
  announceJoined: (names: readonly string[]) =>
    counted(names.length, {
      one: () => msg(str`${listed(names)} joined`, { id: 'announce-joined-one' }),
      other: () => msg(str`${listed(names)} joined`, { id: 'announce-joined-other' }),
    }),
  announceLeft: (names: readonly string[]) =>
    counted(names.length, {
      one: () => msg(str`${listed(names)} left`, { id: 'announce-left-one' }),
      other: () => msg(str`${listed(names)} left`, { id: 'announce-left-other' }),
    }),
  announceMuted: (name: string) => msg(str`${name} is muted`, { id: 'announce-muted' }),
  announceUnmuted: (name: string) => msg(str`${name} is no longer muted`, { id: 'announce-unmuted' }),
  announceHandRaised: (name: string) => msg(str`${name} raised their hand`, { id: 'announce-hand-up' }),
  announceHandLowered: (name: string) => msg(str`${name} lowered their hand`, { id: 'announce-hand-down' }),
  announceSharing: (name: string) => msg(str`${name} is sharing their screen`, { id: 'announce-sharing' }),
});

/** The id of a plain phrase in the locales. */
export const idOf = (name: string): string => name.replace(/([a-z])([A-Z\d])/g, '$1-$2').toLowerCase();

function translatedPhrases<Name extends string>(
  phrases: Readonly<Record<Name, string>>,
  translate: Language['msg'],
): Readonly<Record<Name, () => string>> {
  const entries = Object.entries<string>(phrases);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, () => translate(text, { id: idOf(name) })]),
  ) as Readonly<Record<Name, () => string>>;
}

type Phrases = ReturnType<typeof phrasesIn>;

export type WordId = keyof Phrases;

/** The text of the interface in one language. */
export type Words = Readonly<Phrases>;

/** Text that replaces built-in phrases; `{0}`, `{1}` … are placeholders, such as for a name. */
export type WordOverrides = Readonly<Partial<Record<WordId, string>>>;

/** The text in a language, with the page's replacements. */
export function wordsWith(overrides: WordOverrides, tag = 'en', templates?: Templates): Words {
  const languageTools = language(tag, templates);
  const replaced = Object.entries(overrides).map(([id, text]) => [
    id,
    (...args: readonly unknown[]) => fillTemplate(text, args, languageTools),
  ]);
  return { ...phrasesIn(languageTools), ...(Object.fromEntries(replaced) as Partial<Phrases>) };
}

function fillTemplate(text: string, args: readonly unknown[], translatedPhrases: Language): string {
  return text.replace(
    /\{(\d)\}/g,
    (placeholder, index: string) => formatArgument(args[Number(index)], translatedPhrases) ?? placeholder,
  );
}

function formatArgument(value: unknown, { listed, numbered }: Language): string | undefined {
  if (Array.isArray(value)) return listed(value as readonly string[]);
  if (typeof value === 'number') return numbered(value);
  return typeof value === 'string' ? value : undefined;
}

/** The built-in English text. */
export const words: Words = wordsWith({});
