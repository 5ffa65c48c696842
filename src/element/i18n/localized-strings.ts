import type { Templates } from '../../ui/i18n/language.js';
import { idOf, wordsWith, type WordOverrides, type Words } from '../../ui/words/words.js';

/** A phrase of `words.ts`, or the id of one that is loaded late. */
type WordId =
  | keyof WordOverrides
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
  END_CALL_TEXT: [['endCall']],
  START_SCREEN_SHARE_TEXT: [['shareScreen']],
  STOP_SCREEN_SHARE_TEXT: [['stopSharing']],
  START_RECORDING_TEXT: [['record']],
  STOP_RECORDING_TEXT: [['stopRecording']],
  SWITCH_TO_VIDEO_CALL: [['switchToVideo']],
  REQUESTING_TO_SWITCH_VIDEO_CALL: [['youAskedForVideo']],
  RECORDING_TEXT: [['recording']],
  RECORDER_LABEL: [['recording']],
  CALL_RECORDING_STARTED_MSG: [['isRecording'], ['youAreRecording']],
  CALL_RECORDING_ENDED_MSG: [['saidRecordingStopped']],
  USER_JOINED_CALL_MSG: [['saidJoined', withName]],
  USER_LEFT_CALL_MSG: [['saidLeft', withName]],
  TALK_WHILE_MUTED: [['hint-speaking-while-muted']],
  VIRTUAL_BACKGROUND: [['background']],
  CHOOSE_BACKGROUND: [['background-behind']],
  MUTED: [['muted'], ['saidMuted', withName]],
  CAMERA_ERROR_MSG: [['cameraTrouble']],
  MIC_ERROR_MSG: [['microphoneTrouble']],
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

/** The words in a language, some replaced by the page: also those that are loaded late, which know only their ids. */
export function localizedWords(strings: LocalizedStrings, tag?: string, templates?: Templates): Words {
  const overrides = wordOverrides(strings);
  const byId = Object.fromEntries(Object.entries(overrides).map(([name, text]) => [idOf(name), text]));
  return wordsWith(overrides, tag, { ...templates, ...strings, ...byId });
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
