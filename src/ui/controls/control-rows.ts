import type { SVGTemplateResult } from 'lit';
import type { CallCommands } from '../../domain/call/call-commands.js';
import {
  isBusy,
  localParticipantOf,
  type ActiveCall,
  type LayoutMode,
  type Toggle,
} from '../../domain/call/call-state.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import * as icons from '../base/icons/icons.js';
import type { MenuSource } from '../menu/menu-group.js';
import type { Words } from '../words/words.js';
import type { Capabilities } from './capabilities.js';

/** What the interface does by itself, without the call. */
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

/** One button of the control bar. */
export interface ControlRow {
  readonly id: string;
  /** In the middle of the bar, or at its end. */
  readonly zone: 'main' | 'side';
  /** Where there is too little room, rows of a high rank move into the "more" menu first; those of an infinite one are always there. */
  readonly rank: number;
  readonly icon: (context: ControlContext) => SVGTemplateResult;
  readonly label: (context: ControlContext) => string;
  readonly shown: (context: ControlContext) => boolean;
  /** The key that does the same, while the focus or the pointer is in the call. */
  readonly key?: string;
  /** What the key does, where the button opens a menu. */
  readonly byKey?: (actions: ControlActions, context: ControlContext) => void;
  /** For what can be on and off. */
  readonly pressed?: (context: ControlContext) => boolean;
  /** Appearance: `off` for a muted microphone or camera, `on` for an active feature, `danger` for leaving. */
  readonly tone?: (context: ControlContext) => 'off' | 'on' | 'danger' | '';
  /** What was asked for is not there yet: a press takes it back. */
  readonly waits?: (context: ControlContext) => boolean;
  /** A press would do nothing. */
  readonly busy?: (context: ControlContext) => boolean;
  /** A number beside the icon. */
  readonly count?: (context: ControlContext) => number;
  /** Opens a menu, or (without it) runs. */
  readonly menu?: (context: ControlContext, actions: ControlActions) => MenuSource;
  readonly run?: (actions: ControlActions, context: ControlContext) => void;
}

export const layoutModes: readonly LayoutMode[] = ['DEFAULT', 'TILE', 'SPOTLIGHT', 'SIDEBAR', 'SINGLE'];

/** What the user last asked for: a press while busy takes it back. */
const isWanted = ({ wanted: on }: Toggle): boolean => on;

/** The control bar, from its start to its end. A new button is a new row. */
export const controlRows: readonly ControlRow[] = [
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
    run: ({ commands }, { call }) => commands.muteAudio(isWanted(call.local.microphone)),
  },
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
    run: ({ commands }, { call }) => commands.pauseVideo(isWanted(call.local.camera)),
  },
  {
    id: 'switch-camera',
    zone: 'main',
    rank: 8,
    icon: () => icons.switchCamera,
    label: ({ words }) => words.switchCamera(),
    shown: ({ settings, call: { local, audioOnly } }) =>
      settings.showSwitchCameraButton &&
      !audioOnly &&
      local.camera.actual &&
      local.devices.videoInputDevices.length > 1,
    run: ({ commands }) => commands.switchCamera(),
  },
  {
    id: 'switch-to-video-call',
    zone: 'main',
    rank: 4,
    icon: () => icons.video,
    label: ({ words }) => words.switchToVideo(),
    shown: ({ settings, call }) => settings.showSwitchToVideoCallButton && call.audioOnly,
    busy: ({ call }) => call.videoRequest !== null,
    run: ({ commands }) => commands.switchToVideoCall(),
  },
  {
    id: 'screen-share',
    key: 's',
    zone: 'main',
    rank: 3,
    icon: ({ call }) => (isWanted(call.local.screen) ? icons.screenShareOff : icons.screenShare),
    label: ({ call, words }) => (isWanted(call.local.screen) ? words.stopSharing() : words.shareScreen()),
    shown: ({ settings, capabilities }) => settings.showScreenShareButton && capabilities.screenShare,
    tone: ({ call }) => (isWanted(call.local.screen) ? 'on' : ''),
    waits: ({ call }) => isBusy(call.local.screen),
    run: ({ commands }, { call }) =>
      isWanted(call.local.screen) ? commands.stopScreenShare() : commands.startScreenShare(),
  },
  {
    id: 'raise-hand',
    key: 'h',
    zone: 'main',
    rank: 6,
    icon: () => icons.hand,
    label: ({ call, words }) =>
      localParticipantOf(call).handRaisedAt === null ? words.raiseHand() : words.lowerHand(),
    shown: ({ settings }) => settings.showRaiseHandButton,
    tone: ({ call }) => (localParticipantOf(call).handRaisedAt === null ? '' : 'on'),
    run: ({ commands }, { call }) =>
      localParticipantOf(call).handRaisedAt === null ? commands.raiseHand() : commands.lowerHand(),
  },
  {
    id: 'recording',
    zone: 'main',
    rank: 7,
    icon: ({ call }) => (localParticipantOf(call).recording ? icons.circleStop : icons.record),
    label: ({ call, words }) => (localParticipantOf(call).recording ? words.stopRecording() : words.record()),
    shown: ({ settings, capabilities }) => settings.showRecordingButton && capabilities.recording,
    tone: ({ call }) => (localParticipantOf(call).recording ? 'on' : ''),
    run: ({ commands }, { call }) =>
      localParticipantOf(call).recording ? commands.stopRecording() : commands.startRecording(),
  },
  {
    id: 'end-call',
    zone: 'main',
    rank: 0,
    icon: () => icons.phoneDown,
    label: ({ words }) => words.endCall(),
    shown: ({ settings }) => settings.showEndCallButton,
    tone: () => 'danger',
    run: ({ commands }) => commands.pressEndCall(),
  },
  {
    id: 'audio-mode',
    zone: 'side',
    rank: 9,
    icon: () => icons.headphones,
    label: ({ words }) => words.devices(),
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
  {
    id: 'picture-in-picture',
    zone: 'side',
    rank: 12,
    icon: () => icons.pictureInPicture2,
    label: ({ words }) => words.pictureInPicture(),
    shown: ({ capabilities }) => capabilities.pictureInPicture,
    pressed: ({ call }) => call.pictureInPicture,
    run: ({ commands }) => commands.togglePictureInPicture(),
  },
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
  {
    id: 'participants',
    zone: 'side',
    rank: 5,
    icon: () => icons.users,
    label: ({ words }) => words.participants(),
    shown: ({ settings }) => settings.showParticipantListButton,
    pressed: ({ participantsShown }) => participantsShown,
    tone: ({ participantsShown }) => (participantsShown ? 'on' : ''),
    count: ({ call }) => call.participants.size,
    run: ({ view }) => view.toggleParticipants(),
  },
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
