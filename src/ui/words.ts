import { str } from '@lit/localize';
import { language, type Language, type Templates } from './language.js';
import { troublePhrases } from './trouble-words.js';

/** All text of the interface. A phrase is asked for whenever it is drawn, so that a change of language shows at once. */
const phrasesIn = ({ msg, counted, listed, enumerated, numbered, clocked }: Language) => ({
  ...troublePhrases(msg),

  // As they are in the language
  /** For the phrases of parts that are loaded late. */
  say: msg,
  number: numbered,
  list: enumerated,
  clock: clocked,

  // Controls
  controls: () => msg('Call controls', { id: 'controls' }),
  muteMicrophone: () => msg('Mute microphone', { id: 'mute-microphone' }),
  unmuteMicrophone: () => msg('Unmute microphone', { id: 'unmute-microphone' }),
  turnCameraOff: () => msg('Turn camera off', { id: 'turn-camera-off' }),
  turnCameraOn: () => msg('Turn camera on', { id: 'turn-camera-on' }),
  switchCamera: () => msg('Switch camera', { id: 'switch-camera' }),
  switchToVideo: () => msg('Switch to video', { id: 'switch-to-video' }),
  shareScreen: () => msg('Share your screen', { id: 'share-screen' }),
  stopSharing: () => msg('Stop sharing your screen', { id: 'stop-sharing' }),
  raiseHand: () => msg('Raise hand', { id: 'raise-hand' }),
  lowerHand: () => msg('Lower hand', { id: 'lower-hand' }),
  record: () => msg('Record the call', { id: 'record' }),
  stopRecording: () => msg('Stop recording', { id: 'stop-recording' }),
  endCall: () => msg('Leave the call', { id: 'end-call' }),
  layout: () => msg('Layout', { id: 'layout' }),
  layoutDEFAULT: () => msg('Automatic', { id: 'layout-default' }),
  layoutTILE: () => msg('Grid', { id: 'layout-tile' }),
  layoutSPOTLIGHT: () => msg('Speaker in front', { id: 'layout-spotlight' }),
  layoutSIDEBAR: () => msg('Speaker with a strip beside', { id: 'layout-sidebar' }),
  layoutSINGLE: () => msg('One person only', { id: 'layout-single' }),
  devices: () => msg('Sound and camera', { id: 'devices' }),
  microphone: () => msg('Microphone', { id: 'microphone' }),
  speaker: () => msg('Speaker', { id: 'speaker' }),
  camera: () => msg('Camera', { id: 'camera' }),
  background: () => msg('Background and noise', { id: 'background' }),
  unnamedDevice: (number: number) => msg(str`Device ${numbered(number)}`, { id: 'unnamed-device' }),
  participants: () => msg('Participants', { id: 'participants' }),
  pictureInPicture: () => msg('Float the call above other windows', { id: 'picture-in-picture' }),
  more: () => msg('More', { id: 'more' }),
  shortcuts: () => msg('Keyboard shortcuts', { id: 'help-title' }),

  // Tiles
  stage: () => msg('Participants’ pictures', { id: 'stage' }),
  you: (name: string) => msg(str`${name} (you)`, { id: 'you' }),
  screenOf: (name: string) => msg(str`${name}’s screen`, { id: 'screen-of' }),
  yourScreen: () => msg('Your screen', { id: 'your-screen' }),
  someone: () => msg('Guest', { id: 'someone' }),
  optionsFor: (name: string) => msg(str`Options for ${name}`, { id: 'options-for' }),
  moveSelfView: () => msg('Move your picture: arrow keys, or drag', { id: 'move-self-view' }),
  pin: () => msg('Keep in front', { id: 'pin' }),
  unpin: () => msg('No longer keep in front', { id: 'unpin' }),
  fullScreen: () => msg('Full screen', { id: 'full-screen' }),
  leaveFullScreen: () => msg('Leave full screen', { id: 'leave-full-screen' }),
  muteThem: () => msg('Mute for everybody', { id: 'mute-them' }),
  stopTheirCamera: () => msg('Turn their camera off', { id: 'stop-their-camera' }),
  muted: () => msg('Muted', { id: 'muted' }),
  cameraOff: () => msg('Camera off', { id: 'camera-off' }),
  speaking: () => msg('Speaking', { id: 'speaking' }),
  handRaised: () => msg('Hand raised', { id: 'hand-raised' }),
  recording: () => msg('Recording', { id: 'recording' }),
  pinned: () => msg('Kept in front', { id: 'pinned' }),
  quality0: () => msg('No connection', { id: 'quality-0' }),
  quality1: () => msg('Very weak connection', { id: 'quality-1' }),
  quality2: () => msg('Weak connection', { id: 'quality-2' }),
  quality3: () => msg('Good connection', { id: 'quality-3' }),
  quality4: () => msg('Excellent connection', { id: 'quality-4' }),
  reconnecting: () => msg('Reconnecting…', { id: 'reconnecting' }),
  connecting: () => msg('Connecting…', { id: 'connecting' }),
  page: (page: number, pages: number) =>
    msg(str`Page ${numbered(page)} of ${numbered(pages)}`, { id: 'page' }),
  previousPage: () => msg('Previous page', { id: 'previous-page' }),
  nextPage: () => msg('Next page', { id: 'next-page' }),

  // Before, after and around the call
  joining: () => msg('Joining…', { id: 'joining' }),
  call: () => msg('Video call', { id: 'call' }),
  alone: () => msg('You are the only one here', { id: 'alone' }),
  aloneHint: () => msg('The others appear as soon as they join.', { id: 'alone-hint' }),
  callTime: () => msg('Time in the call', { id: 'call-time' }),
  rejoin: () => msg('Rejoin', { id: 'rejoin' }),
  endedLeft: () => msg('You left the call', { id: 'ended-left' }),
  endedHungUp: () => msg('The other one left the call', { id: 'ended-hung-up' }),
  endedTimedOut: () => msg('The call ended because nobody else was here', { id: 'ended-timed-out' }),
  endedFailed: () => msg('The call was interrupted', { id: 'ended-failed' }),
  endedByServer: () => msg('The call was ended', { id: 'ended-by-server' }),
  notJoined: () => msg('The call could not be joined', { id: 'not-joined' }),
  lasted: (time: string) => msg(str`It lasted ${time}.`, { id: 'lasted' }),

  // Notices
  notices: () => msg('Notices', { id: 'notices' }),
  dismiss: () => msg('Dismiss', { id: 'dismiss' }),
  tryAgain: () => msg('Try again', { id: 'try-again' }),
  connectionLost: () => msg('Connection lost', { id: 'connection-lost' }),
  connectionLostHint: () =>
    msg('Trying to restore it. You need not do anything.', { id: 'connection-lost-hint' }),
  youAreRecording: () => msg('You are recording this call', { id: 'you-are-recording' }),
  isRecording: (name: string) => msg(str`${name} is recording this call`, { id: 'is-recording' }),
  asksForVideo: (name: string) => msg(str`${name} asks to switch to video`, { id: 'asks-for-video' }),
  asksForVideoHint: () => msg('Your camera stays off until you accept.', { id: 'asks-for-video-hint' }),
  youAskedForVideo: () => msg('You asked to switch to video', { id: 'you-asked-for-video' }),
  waitingForAnswer: () => msg('Waiting for an answer…', { id: 'waiting-for-answer' }),
  accept: () => msg('Accept', { id: 'accept' }),
  decline: () => msg('Decline', { id: 'decline' }),
  tapToHear: () => msg('Tap to hear the others', { id: 'tap-to-hear' }),
  idleTitle: () => msg('Are you still there?', { id: 'idle-title' }),
  idleText: () => msg('Nobody else is in the call. It will end by itself.', { id: 'idle-text' }),
  idleCountdown: (seconds: number) =>
    counted(seconds, {
      zero: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-zero' }),
      one: () => msg(str`${numbered(seconds)} second left`, { id: 'idle-countdown-one' }),
      two: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-two' }),
      few: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-few' }),
      many: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-many' }),
      other: () => msg(str`${numbered(seconds)} seconds left`, { id: 'idle-countdown-other' }),
    }),
  stay: () => msg('Stay in the call', { id: 'stay' }),
  leaveNow: () => msg('Leave now', { id: 'leave-now' }),

  // Ringing
  incomingVideoCall: () => msg('Incoming video call', { id: 'incoming-video-call' }),
  incomingVoiceCall: () => msg('Incoming voice call', { id: 'incoming-voice-call' }),
  saidIncomingVideoCall: (name: string) =>
    msg(str`Video call from ${name}`, { id: 'said-incoming-video-call' }),
  saidIncomingVoiceCall: (name: string) =>
    msg(str`Voice call from ${name}`, { id: 'said-incoming-voice-call' }),
  calling: () => msg('Calling…', { id: 'calling' }),
  cancelCall: () => msg('Cancel the call', { id: 'cancel-call' }),
  callUnanswered: () => msg('No answer', { id: 'call-unanswered' }),
  callRejected: () => msg('Declined', { id: 'call-rejected' }),
  callBusy: () => msg('Busy', { id: 'call-busy' }),
  callFailed: () => msg('The call could not be placed', { id: 'call-failed' }),

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
  search: () => msg('Find a participant', { id: 'search' }),
  nobodyFound: () => msg('Nobody of that name is here.', { id: 'nobody-found' }),
  close: () => msg('Close', { id: 'close' }),
  muteSomeone: (name: string) => msg(str`Mute ${name}`, { id: 'mute-someone' }),
  pinSomeone: (name: string) => msg(str`Keep ${name} in front`, { id: 'pin-someone' }),

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
  saidYouWereMuted: () => msg('Your microphone is muted', { id: 'said-you-were-muted' }),
  saidYouAreUnmuted: () => msg('Your microphone is on', { id: 'said-you-are-unmuted' }),
  saidHandUp: (name: string) => msg(str`${name} raised a hand`, { id: 'said-hand-up' }),
  saidHandDown: (name: string) => msg(str`${name} lowered the hand`, { id: 'said-hand-down' }),
  saidRecordingStopped: () => msg('The recording ended', { id: 'said-recording-stopped' }),
  saidSharing: (name: string) => msg(str`${name} shares a screen`, { id: 'said-sharing' }),
  saidBack: () => msg('The connection is back', { id: 'said-back' }),
});

type Phrases = ReturnType<typeof phrasesIn>;

export type WordId = keyof Phrases;

/** What every element of the interface speaks with. */
export type Words = Readonly<Phrases>;

/** Text that replaces ours; `{0}`, `{1}` … stand for what the phrase is about, such as a name. */
export type WordOverrides = Readonly<Partial<Record<WordId, string>>>;

/** The words in a language, some replaced by the page. */
export function wordsWith(overrides: WordOverrides, tag = 'en', templates?: Templates): Words {
  const spoken = language(tag, templates);
  const replaced = Object.entries(overrides).map(([id, text]) => [
    id,
    (...about: readonly unknown[]) => filled(text, about, spoken),
  ]);
  return { ...phrasesIn(spoken), ...(Object.fromEntries(replaced) as Partial<Phrases>) };
}

function filled(text: string, about: readonly unknown[], spoken: Language): string {
  return text.replace(/\{(\d)\}/g, (hole, index: string) => shown(about[Number(index)], spoken) ?? hole);
}

function shown(value: unknown, { listed, numbered }: Language): string | undefined {
  if (Array.isArray(value)) return listed(value as readonly string[]);
  if (typeof value === 'number') return numbered(value);
  return typeof value === 'string' ? value : undefined;
}

/** The words as they are. */
export const words: Words = wordsWith({});
