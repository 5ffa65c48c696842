import { str } from '@lit/localize';
import { language, type Language, type Templates } from '../i18n/language.js';

/** Phrases without placeholders; `muteMicrophone` has the id `mute-microphone` in the locales. */
export const plainPhrases = {
  // Controls
  controls: 'Call controls',
  muteMicrophone: 'Mute microphone',
  unmuteMicrophone: 'Unmute microphone',
  turnCameraOff: 'Turn camera off',
  turnCameraOn: 'Turn camera on',
  switchCamera: 'Switch camera',
  switchToVideo: 'Switch to video',
  shareScreen: 'Share your screen',
  stopSharing: 'Stop sharing your screen',
  raiseHand: 'Raise hand',
  lowerHand: 'Lower hand',
  record: 'Record the call',
  stopRecording: 'Stop recording',
  endCall: 'Leave the call',
  layout: 'Layout',
  layoutDEFAULT: 'Automatic',
  layoutTILE: 'Grid',
  layoutSPOTLIGHT: 'Spotlight',
  layoutSIDEBAR: 'Sidebar',
  layoutSINGLE: 'One person only',
  devices: 'Audio and video',
  systemDefault: 'System default',
  microphone: 'Microphone',
  speaker: 'Speaker',
  camera: 'Camera',
  background: 'Background and effects',
  participants: 'Participants',
  pictureInPicture: 'Picture-in-picture',
  more: 'More',

  // Tiles
  stage: 'Participant videos',
  yourScreen: 'Your screen',
  someone: 'Guest',
  moveSelfView: 'Move your video: drag it or use the arrow keys',
  pin: 'Pin',
  unpin: 'Unpin',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Exit full screen',
  muteThem: 'Mute for everyone',
  stopTheirCamera: 'Turn their camera off',
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
  callTime: 'Call duration',
  rejoin: 'Rejoin',
  endedLeft: 'You left the call',
  endedHungUp: 'The other participant left',
  endedTimedOut: 'The call ended because no one else was here',
  endedFailed: 'The call was interrupted',
  endedByServer: 'The call has ended',
  notJoined: 'Could not join the call',

  // Why there is no call
  failedEXPIRED: 'This call invitation has expired. Ask for a new one.',
  failedINVALID: 'This call invitation is not valid.',
  failedFULL: 'The call is full. Try again later.',
  failedELSEWHERE: 'You joined from another tab or device.',
  failedUNREACHABLE: 'Could not connect to the call. Check your connection and try again.',
  failedLOADING: 'Part of the call could not be loaded. Check your connection and try again.',
  failedBROWSER: 'This browser does not support calls. Update it or use another one.',

  // Notices
  notices: 'Notices',
  tryAgain: 'Try again',
  connectionLost: 'Connection lost',
  connectionLostHint: 'Trying to reconnect. You do not need to do anything.',
  cameraTrouble: 'Others cannot see you',
  microphoneTrouble: 'Others cannot hear you',
  deviceTrouble: 'Could not switch to the other device',
  screenTrouble: 'Your screen is not being shared',
  screenSilent: 'Your screen is being shared without audio',
  youAskedForVideo: 'You asked to switch to video',
  youAreRecording: 'You are recording this call',
  accept: 'Accept',
  decline: 'Decline',
  tapToHear: 'Tap to hear the others',

  // Participants
  close: 'Close',

  // Said to screen readers
  saidYouWereMuted: 'Your microphone is muted',
  saidYouAreUnmuted: 'Your microphone is on',
  saidRecordingStopped: 'Recording stopped',
  saidBack: 'Connection restored',
} as const;

/** All text of the interface. Each render reads the phrases anew, so that a change of language shows at once. */
const phrasesIn = ({ msg, counted, listed, enumerated, numbered, clocked }: Language) => ({
  ...translatedPhrases(plainPhrases, msg),

  // Formats of the language
  /** For phrases of lazy chunks. */
  translate: msg,
  number: numbered,
  list: enumerated,
  clock: clocked,

  // Controls
  unnamedDevice: (number: number) => msg(str`Device ${numbered(number)}`, { id: 'unnamed-device' }),
  shortcuts: () => msg('Keyboard shortcuts', { id: 'help-title' }),

  // Tiles
  you: (name: string) => msg(str`${name} (you)`, { id: 'you' }),
  screenOf: (name: string) => msg(str`${name}’s screen`, { id: 'screen-of' }),
  optionsFor: (name: string) => msg(str`Options for ${name}`, { id: 'options-for' }),
  page: (page: number, pages: number) =>
    msg(str`Page ${numbered(page)} of ${numbered(pages)}`, { id: 'page' }),

  // Before, after and around the call
  lasted: (time: string) => msg(str`Call duration: ${time}`, { id: 'lasted' }),

  // Notices
  isRecording: (name: string) => msg(str`${name} is recording this call`, { id: 'is-recording' }),
  idleCountdown: (seconds: number) =>
    counted(seconds, {
      zero: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-zero' }),
      one: () => msg(str`${numbered(seconds)} second left`, { id: 'idle-countdown-one' }),
      two: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-two' }),
      few: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-few' }),
      many: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-many' }),
      other: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-other' }),
    }),

  // Participants
  inTheCall: (count: number) =>
    counted(count, {
      zero: () => msg(str`${numbered(count)} people in the call`, { id: 'in-the-call-zero' }),
      one: () => msg(str`${numbered(count)} person in the call`, { id: 'in-the-call-one' }),
      two: () => msg(str`${numbered(count)} people in the call`, { id: 'in-the-call-two' }),
      few: () => msg(str`${numbered(count)} people in the call`, { id: 'in-the-call-few' }),
      many: () => msg(str`${numbered(count)} people in the call`, { id: 'in-the-call-many' }),
      other: () => msg(str`${numbered(count)} people in the call`, { id: 'in-the-call-other' }),
    }),

  // Said to screen readers
  saidJoined: (names: readonly string[]) =>
    counted(names.length, {
      one: () => msg(str`${listed(names)} joined`, { id: 'said-joined-one' }),
      other: () => msg(str`${listed(names)} joined`, { id: 'said-joined-other' }),
    }),
  saidLeft: (names: readonly string[]) =>
    counted(names.length, {
      one: () => msg(str`${listed(names)} left`, { id: 'said-left-one' }),
      other: () => msg(str`${listed(names)} left`, { id: 'said-left-other' }),
    }),
  saidMuted: (name: string) => msg(str`${name} is muted`, { id: 'said-muted' }),
  saidUnmuted: (name: string) => msg(str`${name} is no longer muted`, { id: 'said-unmuted' }),
  saidHandUp: (name: string) => msg(str`${name} raised their hand`, { id: 'said-hand-up' }),
  saidHandDown: (name: string) => msg(str`${name} lowered their hand`, { id: 'said-hand-down' }),
  saidSharing: (name: string) => msg(str`${name} is sharing their screen`, { id: 'said-sharing' }),
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
