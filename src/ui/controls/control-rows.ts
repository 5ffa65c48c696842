import type { SVGTemplateResult } from 'lit';
import type { CallCommands, CommandTarget } from '../../domain/call/call-commands.js';
import {
  isBusy,
  isHandRaised,
  isRecording,
  type ActiveCall,
  type CallState,
  layoutModes,
  type Toggle,
} from '../../domain/call/call-state.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import * as icons from '../base/icons/icons.js';
import type { MenuSource } from '../menu/menu-group.js';
import type { Words } from '../words/words.js';
import type { Capabilities } from './capabilities.js';

/** What the interface does without the call. */
export interface ViewActions {
  toggleParticipants(): void;
  toggleFullScreen(): void;
  showShortcuts(): void;
}

/** The input of a row. */
export interface ControlContext {
  readonly call: ActiveCall;
  readonly settings: CallSettings;
  readonly capabilities: Capabilities;
  readonly words: Words;
  readonly participantsShown: boolean;
  /** The call fills the screen. */
  readonly fullScreen: boolean;
}

export interface ControlActions {
  readonly commands: CallCommands;
  readonly view: ViewActions;
}

/**
 * One button of the control bar. The comment above a row documents its part. A phrase that only this button has is written
 * here, as `translate` of its English text and the id that it has in the locales.
 */
export interface ControlRow {
  /** Names the button in `onControlPressed`, and its part: `button-` and the id. */
  readonly id: string;
  /** In the middle of the bar, or at its end. */
  readonly zone: 'main' | 'side';
  /** Where there is too little room, rows of a high rank move into the "more" menu first; those of an infinite rank are always in it. */
  readonly rank: number;
  readonly icon: (context: ControlContext) => SVGTemplateResult;
  readonly label: (context: ControlContext) => string;
  readonly shown: (context: ControlContext) => boolean;
  /** The key that does the same, while the focus or the pointer is in the call. */
  readonly key?: string;
  /** What the key does, where the button opens a menu. */
  readonly byKey?: (actions: ControlActions, context: ControlContext) => void;
  /** Whether a toggle is on. */
  readonly pressed?: (context: ControlContext) => boolean;
  /** Appearance: `off` for a muted microphone or camera, `on` for an active feature, `danger` for leaving. */
  readonly tone?: (context: ControlContext) => 'off' | 'on' | 'danger' | '';
  /** The change is in progress: a press reverts it. */
  readonly waits?: (context: ControlContext) => boolean;
  /** A press would do nothing. */
  readonly busy?: (context: ControlContext) => boolean;
  /** A number beside the icon. */
  readonly count?: (context: ControlContext) => number;
  /** What a press does in the call; also what the command of the same row does, from any state of the call. */
  readonly act?: (commands: CommandTarget, state: CallState) => void;
  /** `toggle-hand` for `<button command="--toggle-hand">`. Default: the id. */
  readonly command?: string;
  /** What a press does in the interface, without `act`. */
  readonly run?: (actions: ControlActions, context: ControlContext) => void;
  /** A press opens a menu. */
  readonly menu?: (context: ControlContext, actions: ControlActions) => MenuSource;
}

/** What the user last asked for: a press while busy reverts it. */
const isWanted = ({ wanted: on }: Toggle): boolean => on;

/** The control bar, from its start to its end. A new button is a new row. */
export const controlRows: readonly ControlRow[] = [
  /** Microphone. */
  {
    id: 'mute-audio',
    key: 'm',
    zone: 'main',
    rank: 1,
    icon: ({ call }) => (isWanted(call.local.microphone) ? icons.mic : icons.micOff),
    label: ({ call, words }) =>
      isWanted(call.local.microphone) ? words.muteMicrophone() : words.unmuteMicrophone(),
    shown: ({ settings }) => settings.showMuteAudioButton,
    tone: ({ call }) => (isWanted(call.local.microphone) ? '' : 'off'),
    waits: ({ call }) => isBusy(call.local.microphone),
    command: 'toggle-audio',
    act: (commands, { local }) => commands.muteAudio(isWanted(local.microphone)),
  },
  /** Camera. */
  {
    id: 'pause-video',
    key: 'v',
    zone: 'main',
    rank: 2,
    icon: ({ call }) => (isWanted(call.local.camera) ? icons.video : icons.videoOff),
    label: ({ call, words }) => (isWanted(call.local.camera) ? words.turnCameraOff() : words.turnCameraOn()),
    shown: ({ settings, call }) => settings.showPauseVideoButton && !call.audioOnly,
    tone: ({ call }) => (isWanted(call.local.camera) ? '' : 'off'),
    waits: ({ call }) => isBusy(call.local.camera),
    command: 'toggle-video',
    act: (commands, { local }) => commands.pauseVideo(isWanted(local.camera)),
  },
  /** The next camera. */
  {
    id: 'switch-camera',
    zone: 'main',
    rank: 8,
    icon: () => icons.switchCamera,
    label: ({ words }) => words.translate('Switch camera', { id: 'switch-camera' }),
    shown: ({ settings, call: { local, audioOnly } }) =>
      settings.showSwitchCameraButton &&
      !audioOnly &&
      local.camera.actual &&
      local.devices.videoInputDevices.length > 1,
    act: (commands) => commands.switchCamera(),
  },
  /** Asks for video in a voice call. */
  {
    id: 'switch-to-video-call',
    zone: 'main',
    rank: 4,
    icon: () => icons.video,
    label: ({ words }) => words.translate('Switch to video', { id: 'switch-to-video' }),
    shown: ({ settings, call }) => settings.showSwitchToVideoCallButton && call.audioOnly,
    busy: ({ call }) => call.videoRequest !== null,
    act: (commands) => commands.switchToVideoCall(),
  },
  /** Screen. */
  {
    id: 'screen-share',
    key: 's',
    zone: 'main',
    rank: 3,
    icon: ({ call }) => (isWanted(call.local.screen) ? icons.screenShareOff : icons.screenShare),
    label: ({ call, words: { translate } }) =>
      isWanted(call.local.screen)
        ? translate('Stop sharing your screen', { id: 'stop-sharing' })
        : translate('Share your screen', { id: 'share-screen' }),
    shown: ({ settings, capabilities }) => settings.showScreenShareButton && capabilities.screenShare,
    tone: ({ call }) => (isWanted(call.local.screen) ? 'on' : ''),
    waits: ({ call }) => isBusy(call.local.screen),
    command: 'toggle-screen-share',
    act: (commands, { local }) =>
      isWanted(local.screen) ? commands.stopScreenShare() : commands.startScreenShare(),
  },
  /** Hand. */
  {
    id: 'raise-hand',
    key: 'h',
    zone: 'main',
    rank: 6,
    icon: () => icons.hand,
    label: ({ call, words: { translate } }) =>
      isHandRaised(call)
        ? translate('Lower hand', { id: 'lower-hand' })
        : translate('Raise hand', { id: 'raise-hand' }),
    shown: ({ settings }) => settings.showRaiseHandButton,
    tone: ({ call }) => (isHandRaised(call) ? 'on' : ''),
    command: 'toggle-hand',
    act: (commands, state) => (isHandRaised(state) ? commands.lowerHand() : commands.raiseHand()),
  },
  /** Recording. */
  {
    id: 'recording',
    zone: 'main',
    rank: 7,
    icon: ({ call }) => (isRecording(call) ? icons.circleStop : icons.record),
    label: ({ call, words: { translate } }) =>
      isRecording(call)
        ? translate('Stop recording', { id: 'stop-recording' })
        : translate('Record the call', { id: 'record' }),
    shown: ({ settings, capabilities }) => settings.showRecordingButton && capabilities.recording,
    tone: ({ call }) => (isRecording(call) ? 'on' : ''),
    command: 'toggle-recording',
    act: (commands, state) => (isRecording(state) ? commands.stopRecording() : commands.startRecording()),
  },
  /** Ends the call. */
  {
    id: 'end-call',
    zone: 'main',
    rank: 0,
    icon: () => icons.phoneDown,
    label: ({ words }) => words.translate('Leave the call', { id: 'end-call' }),
    shown: ({ settings }) => settings.showEndCallButton,
    tone: () => 'danger',
    run: ({ commands }) => commands.pressEndCall(),
  },
  /** Microphones, speakers and cameras. */
  {
    id: 'audio-mode',
    zone: 'side',
    rank: 9,
    icon: () => icons.headphones,
    label: ({ words }) => words.translate('Audio and video', { id: 'devices' }),
    shown: ({ settings, call }) => {
      const { audioInputDevices, audioOutputDevices, videoInputDevices } = call.local.devices;
      return (
        settings.showAudioModeButton &&
        audioInputDevices.length + audioOutputDevices.length + videoInputDevices.length > 0
      );
    },
    menu:
      ({ call, settings, words }, { commands }) =>
      ({ deviceMenu }) =>
        deviceMenu(call.local, settings, commands, words),
  },
  /** Layout. */
  {
    id: 'mode',
    key: 'l',
    byKey: ({ commands }, { call }) =>
      commands.setMode(layoutModes[(layoutModes.indexOf(call.mode) + 1) % layoutModes.length] ?? 'DEFAULT'),
    zone: 'side',
    rank: 11,
    icon: () => icons.layoutGrid,
    label: ({ words }) => words.layout(),
    shown: ({ settings }) => settings.showModeButton && !settings.singleMode,
    menu:
      ({ call, words }, { commands }) =>
      ({ layoutMenu }) =>
        layoutMenu(call, commands, words),
  },
  /** Picture in picture. */
  {
    id: 'picture-in-picture',
    zone: 'side',
    rank: 12,
    icon: () => icons.pictureInPicture2,
    label: ({ words }) => words.pictureInPicture(),
    shown: ({ capabilities }) => capabilities.pictureInPicture,
    pressed: ({ call }) => call.pictureInPicture,
    act: (commands) => commands.togglePictureInPicture(),
  },
  /** Full screen. */
  {
    id: 'full-screen',
    key: 'f',
    zone: 'side',
    rank: 13,
    icon: ({ fullScreen }) => (fullScreen ? icons.minimize : icons.maximize),
    label: ({ words, fullScreen }) => (fullScreen ? words.leaveFullScreen() : words.fullScreen()),
    shown: ({ settings, capabilities }) => settings.showFullScreenButton && capabilities.fullScreen,
    run: ({ view }) => view.toggleFullScreen(),
  },
  /** The list of participants. */
  {
    id: 'participants',
    zone: 'side',
    rank: 5,
    icon: () => icons.users,
    label: ({ words }) => words.translate('Participants', { id: 'participants' }),
    shown: ({ settings }) => settings.showParticipantListButton,
    pressed: ({ participantsShown }) => participantsShown,
    tone: ({ participantsShown }) => (participantsShown ? 'on' : ''),
    count: ({ call }) => call.participants.size,
    run: ({ view }) => view.toggleParticipants(),
  },
  /** The keyboard shortcuts; only ever in the "more" menu, so without a part. */
  {
    id: 'shortcuts',
    zone: 'side',
    rank: Infinity,
    icon: () => icons.keyboard,
    label: ({ words }) => words.shortcuts(),
    shown: ({ settings, capabilities }) => capabilities.keyboard && (settings.hotkeys || settings.pushToTalk),
    run: ({ view }) => view.showShortcuts(),
  },
];
