import type { SVGTemplateResult } from 'lit';
import type { CallCommands } from '../../domain/call/call-commands.js';
import { callFailures, noticePhrase, type CallErrorCode } from '../../domain/call-error.js';
import { isBusy, type ActiveCall, type LocalSource } from '../../domain/call/call-state.js';
import * as icons from '../base/icons/icons.js';
import { deviceWords } from '../words/device-words.js';
import { failureWords } from '../words/failure-words.js';
import type { Words } from '../words/words.js';
import { noticeWords } from './notice-words.js';

export interface NoticeAction {
  readonly label: string;
  readonly primary?: boolean;
  readonly run: () => void;
}

/** Something the user should know about, beside the tiles. */
export interface Notice {
  /** Another id is another notice: one that was dismissed comes back when its cause changes. */
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'recording';
  readonly icon: SVGTemplateResult;
  readonly title: string;
  readonly text?: string;
  readonly actions: readonly NoticeAction[];
  /** Shows the browser's permission button if it has one, otherwise `retryAction`. */
  readonly permission?: { readonly source: 'camera' | 'microphone'; readonly retryAction: () => void };
  readonly dismissable: boolean;
  /** For screen readers, if nothing else announces it. */
  readonly role?: 'alert';
}

/** Why a source is missing and what to do about it, in a sentence for people. */
export function failureText(code: CallErrorCode, words: Words): string {
  if (code === 'CHUNK_LOAD_FAILED') return words.failedLOADING();
  return failureWords(words)[noticePhrase(code) ?? 'failureOTHER']();
}

type NoticeRow = (call: ActiveCall, words: Words, commands: CallCommands) => readonly Notice[];

const sources: Readonly<
  Record<
    LocalSource,
    {
      title: 'microphoneFailed' | 'cameraFailed' | 'screenFailed';
      /** While the source is on all the same. */
      titleOn: 'deviceFailed' | 'screenSilent';
      icon: SVGTemplateResult;
      retry: (to: CallCommands) => void;
    }
  >
> = {
  microphone: {
    title: 'microphoneFailed',
    titleOn: 'deviceFailed',
    icon: icons.micOff,
    retry: (to) => to.muteAudio(false),
  },
  camera: {
    title: 'cameraFailed',
    titleOn: 'deviceFailed',
    icon: icons.videoOff,
    retry: (to) => to.pauseVideo(false),
  },
  screen: {
    title: 'screenFailed',
    titleOn: 'screenSilent',
    icon: icons.screenShareOff,
    retry: (to) => to.startScreenShare(),
  },
};

const deviceFailure: NoticeRow = ({ local, audioOnly }, words, commands) =>
  (Object.keys(sources) as LocalSource[]).flatMap((source) => {
    const code = local.failures[source];
    // A user who closed the screen picker knows that no screen is shared.
    if (!code || code === 'SCREEN_SHARE_CANCELLED' || (source === 'camera' && audioOnly)) return [];
    const { title, titleOn, icon, retry } = sources[source];
    const isOn = local[source].actual;
    const retryAction = { label: words.tryAgain(), run: () => retry(commands) };
    return [
      {
        id: `failure ${source} ${code}${isOn ? ' on' : ''}`,
        tone: 'warning' as const,
        icon,
        title: failureWords(words)[isOn ? titleOn : title](),
        text: failureText(code, words),
        actions: callFailures[code].retryable && !isOn ? [retryAction] : [],
        ...(code === 'MEDIA_DENIED' &&
          !isOn &&
          source !== 'screen' && { permission: { source, retryAction: retryAction.run } }),
        dismissable: true,
      },
    ];
  });

const videoRequest: NoticeRow = ({ videoRequest: request, selfId, participants }, words, commands) => {
  if (!request) return [];
  const common = { id: `video ${request.by}`, tone: 'info', icon: icons.video, dismissable: false } as const;
  if (request.by === selfId)
    return [
      {
        ...common,
        title: noticeWords(words).youAskedForVideo(),
        text: noticeWords(words).waitingForAnswer(),
        actions: [],
      },
    ];
  const answer = (accept: boolean) => () => commands.answerVideoRequest(accept);
  return [
    {
      ...common,
      title: noticeWords(words).asksForVideo(participants.get(request.by)?.name || words.someone()),
      text: noticeWords(words).asksForVideoHint(),
      actions: [
        { label: words.decline(), run: answer(false) },
        { label: words.accept(), primary: true, run: answer(true) },
      ],
    },
  ];
};

const recording: NoticeRow = ({ participants, selfId }, words) =>
  [...participants.values()]
    .filter((participant) => participant.recording)
    .map(({ id, name }) => ({
      id: `recording ${id}`,
      tone: 'recording' as const,
      icon: icons.record,
      title: id === selfId ? words.youAreRecording() : words.isRecording(name || words.someone()),
      actions: [],
      dismissable: true,
    }));

/** The source that a list of devices belongs to, as far as it can be off. */
const replaceable = {
  audioInputDevices: { source: 'microphone', icon: icons.mic },
  videoInputDevices: { source: 'camera', icon: icons.video },
  audioOutputDevices: { source: undefined, icon: icons.volume2 },
} as const;

const replacedDevice: NoticeRow = ({ local }, words) =>
  (Object.keys(replaceable) as (keyof typeof replaceable)[]).flatMap((list) => {
    const { source, icon } = replaceable[list];
    const { gone, now, times } = local.replaced[list] ?? {};
    // Sound goes to the system's default, listed or not. Without another microphone or camera there is a failure.
    const isReplaced = source ? now && !local.failures[source] && !isBusy(local[source]) : true;
    if (!gone || !isReplaced || now?.deviceId === gone.deviceId) return [];
    const phrases = noticeWords(words);
    return [
      {
        id: `replaced ${list} ${times}`,
        tone: 'info' as const,
        icon,
        title: phrases.deviceGone(gone.label),
        text: phrases.deviceNow(now?.label ?? deviceWords(words).systemDefault()),
        actions: [],
        dismissable: true,
        role: 'alert' as const,
      },
    ];
  });

/** All notices, the most urgent first. A new notice is a new row. */
export const noticeRows: readonly NoticeRow[] = [videoRequest, deviceFailure, replacedDevice, recording];

export function noticesOf(call: ActiveCall, words: Words, commands: CallCommands): readonly Notice[] {
  return noticeRows.flatMap((row) => row(call, words, commands));
}
