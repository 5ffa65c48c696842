import type { SVGTemplateResult } from 'lit';
import type { CallCommands } from '../../domain/call/call-commands.js';
import { callFailures, type CallErrorCode } from '../../domain/call-error.js';
import type { ActiveCall, LocalSource } from '../../domain/call/call-state.js';
import * as icons from '../base/icons/icons.js';
import { troubleWords, type TroubleWord } from '../words/trouble-words.js';
import type { WordId, Words } from '../words/words.js';
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
export function troubleText(code: CallErrorCode, words: Words): string {
  if (code === 'CHUNK_LOAD_FAILED') return words.failedLOADING();
  return troubleWords(words)[troubles[code] ?? 'troubleOTHER']();
}

type NoticeRow = (call: ActiveCall, words: Words, commands: CallCommands) => readonly Notice[];

/** Phrases for why a source is missing, by error code. */
const troubles: Partial<Record<CallErrorCode, TroubleWord>> = {
  MEDIA_DENIED: 'troubleDENIED',
  MEDIA_DENIED_BY_SYSTEM: 'troubleSYSTEM',
  MEDIA_DENIED_BY_PAGE: 'troublePAGE',
  MEDIA_INSECURE: 'troubleINSECURE',
  MEDIA_NOT_FOUND: 'troubleMISSING',
  DEVICE_NOT_FOUND: 'troubleMISSING',
  MEDIA_IN_USE: 'troubleBUSY',
  MEDIA_TIMEOUT: 'troubleTIMEOUT',
  MEDIA_INTERRUPTED: 'troubleINTERRUPTED',
  SCREEN_AUDIO_DROPPED: 'troubleECHO',
  SCREEN_SHARE_UNSUPPORTED: 'troubleUNSUPPORTED',
  UNSUPPORTED: 'troubleUNSUPPORTED',
};

const sources: Readonly<
  Record<
    LocalSource,
    {
      title: WordId & `${string}Trouble`;
      /** While the source is on all the same. */
      titleOn: 'deviceTrouble' | 'screenSilent';
      icon: SVGTemplateResult;
      retry: (to: CallCommands) => void;
    }
  >
> = {
  microphone: {
    title: 'microphoneTrouble',
    titleOn: 'deviceTrouble',
    icon: icons.micOff,
    retry: (to) => to.muteAudio(false),
  },
  camera: {
    title: 'cameraTrouble',
    titleOn: 'deviceTrouble',
    icon: icons.videoOff,
    retry: (to) => to.pauseVideo(false),
  },
  screen: {
    title: 'screenTrouble',
    titleOn: 'screenSilent',
    icon: icons.screenShareOff,
    retry: (to) => to.startScreenShare(),
  },
};

const trouble: NoticeRow = ({ local, audioOnly }, words, commands) =>
  (Object.keys(sources) as LocalSource[]).flatMap((source) => {
    const code = local.trouble[source];
    // A user who closed the screen picker knows that no screen is shared.
    if (!code || code === 'SCREEN_SHARE_CANCELLED' || (source === 'camera' && audioOnly)) return [];
    const { title, titleOn, icon, retry } = sources[source];
    const isOn = local[source].actual;
    const retryAction = { label: words.tryAgain(), run: () => retry(commands) };
    return [
      {
        id: `trouble ${source} ${code}${isOn ? ' on' : ''}`,
        tone: 'warning' as const,
        icon,
        title: words[isOn ? titleOn : title](),
        text: troubleText(code, words),
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
        title: words.youAskedForVideo(),
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

/** All notices, the most urgent first. A new notice is a new row. */
export const noticeRows: readonly NoticeRow[] = [videoRequest, trouble, recording];

export function noticesOf(call: ActiveCall, words: Words, commands: CallCommands): readonly Notice[] {
  return noticeRows.flatMap((row) => row(call, words, commands));
}
