import type { Templates } from '../../ui/i18n/language.js';
import type { menuWords } from '../../ui/menu/menu-words.js';
import type { noticeWords } from '../../ui/notices/notice-words.js';
import type { endedWords } from '../../ui/view/screens/ended-words.js';
import type { deviceWords } from '../../ui/words/device-words.js';
import type { failureWords } from '../../ui/words/failure-words.js';
import { idOf, wordsWith, type WordOverrides, type Words } from '../../ui/words/words.js';

/** A phrase of `words.ts`, or the id of one that is written where it is used: in a button's row, or in a lazy chunk. */
type WordId =
  | keyof WordOverrides
  | 'devices'
  | 'end-call'
  | 'participants'
  | 'record'
  | 'share-screen'
  | 'stop-recording'
  | 'stop-sharing'
  | 'switch-to-video'
  | keyof ReturnType<typeof menuWords>
  | keyof ReturnType<typeof deviceWords>
  | keyof ReturnType<typeof failureWords>
  | keyof ReturnType<typeof noticeWords>
  | keyof ReturnType<typeof endedWords>
  | 'hint-speaking-while-muted'
  | 'background-behind'
  | 'idle-title'
  | 'stay'
  | 'leave-now';

/** Text by the name of the phrase it replaces: ours (`joining`), or CometChat's (`JOINING_TEXT`). */
export type LocalizedStrings = Readonly<Record<string, string>>;

/** Which of our phrases each of CometChat's keys replaces; `{0}` is the place of a name. */
const phraseRows: Readonly<
  Record<string, readonly (readonly [WordId, text?: (phrase: string) => string])[]>
> = {
  JOINING_TEXT: [['joining']],
  MUTE_AUDIO_TEXT: [['muteMicrophone']],
  UN_MUTE_AUDIO_TEXT: [['unmuteMicrophone']],
  MUTE_VIDEO_TEXT: [['turnCameraOff']],
  UN_MUTE_VIDEO_TEXT: [['turnCameraOn']],
  END_CALL_TEXT: [['end-call']],
  START_SCREEN_SHARE_TEXT: [['share-screen']],
  STOP_SCREEN_SHARE_TEXT: [['stop-sharing']],
  START_RECORDING_TEXT: [['record']],
  STOP_RECORDING_TEXT: [['stop-recording']],
  SWITCH_TO_VIDEO_CALL: [['switch-to-video']],
  REQUESTING_TO_SWITCH_VIDEO_CALL: [['youAskedForVideo']],
  RECORDING_TEXT: [['recording']],
  RECORDER_LABEL: [['recording']],
  CALL_RECORDING_STARTED_MSG: [['isRecording'], ['youAreRecording']],
  CALL_RECORDING_ENDED_MSG: [['announceRecordingStopped']],
  USER_JOINED_CALL_MSG: [['announceJoined', withName]],
  USER_LEFT_CALL_MSG: [['announceLeft', withName]],
  TALK_WHILE_MUTED: [['hint-speaking-while-muted']],
  VIRTUAL_BACKGROUND: [['background']],
  CHOOSE_BACKGROUND: [['background-behind']],
  MUTED: [['muted'], ['announceMuted', withName]],
  CAMERA_ERROR_MSG: [['cameraFailed']],
  MIC_ERROR_MSG: [['microphoneFailed']],
  CONNECTION_ERROR_TEXT: [['notJoined'], ['endedFailed']],
  RECONNECTING_TEXT: [['connectionLost'], ['reconnecting']],
  NO_NETWORK_TEXT: [['connectionLostHint']],
  USER_LIST: [['participants']],
  PEOPLE_TEXT: [['participants']],
  MUTE_USER: [['muteThem']],
  PIN_USER: [['pin']],
  UNPIN_USER: [['unpin']],
  MORE: [['more']],
  FULL_SCREEN: [['fullScreen']],
  EXIT_FULL_SCREEN: [['leaveFullScreen']],
  SELECT_LAYOUT_HEADER: [['layout']],
  CHANGE_LAYOUT: [['layout']],
  TILE_MODE: [['layoutTILE']],
  SPOTLIGHT_MODE: [['layoutSPOTLIGHT']],
  SIDEBAR_MODE: [['layoutSIDEBAR']],
  AUDIO_SETTING: [['devices']],
  AUDIO_INPUT_DEVICE_LABEL: [['microphone']],
  AUDIO_OUTPUT_DEVICE_LABEL: [['speaker']],
  VIDEO_DEVICES_LABEL: [['camera']],
  SCREEN_SHARE_POSTFIX: [['screenOf', withName]],
  SCREEN_SHARE_MSG: [['yourScreen']],
  ARE_YOU_STILL_THERE: [['idle-title']],
  STAY_IN_CALL: [['stay']],
  LEAVE_NOW: [['leave-now']],
  MEETING_ENDED: [['endedTimedOut']],
};

/** CometChat's texts describe an action; ours also contain the participant's name. */
function withName(phrase: string): string {
  return `{0} ${phrase}`;
}

/** A phrase that counts has one of these at the end of its id. */
const forms: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The words in a language, some replaced by the page: also those that are loaded late, which know only their ids. */
export function localizedWords(strings: LocalizedStrings, tag?: string, templates?: Templates): Words {
  const overrides = wordOverrides(strings);
  const byId = Object.entries(overrides).map(([name, text]) => [idOf(name), text] as const);
  const allForms = byId.flatMap(([id, text]) => forms.map((form) => [`${id}-${form}`, text] as const));
  return wordsWith(overrides, tag, {
    ...templates,
    ...Object.fromEntries(allForms),
    ...strings,
    ...Object.fromEntries(byId),
  });
}

/**
 * The words of the interface that an object with CometChat's keys replaces. Keys of what this interface never says
 * (`IOS_BROWSER_WARNING`, `NOISY_MIC` …) replace nothing; our own phrase names are taken as they are.
 */
export function wordOverrides(strings: LocalizedStrings): WordOverrides {
  return Object.fromEntries(
    Object.entries(strings).flatMap(([key, phrase]) => {
      if (!isText(phrase)) return [];
      const rows = Object.hasOwn(phraseRows, key) ? phraseRows[key] : undefined;
      return rows ? rows.map(([id, text]) => [id, text ? text(phrase) : phrase]) : [[key, phrase]];
    }),
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
