import {
  isActive,
  isHandRaised,
  isRecording,
  type ActiveCall,
  type CallState,
} from '../../domain/call/call-state.js';

/** What a detached button does, and when it is pressed or of no use. */
interface ButtonAction {
  /** As `command-rows.ts` names it. */
  readonly command: string;
  readonly pressed?: (state: CallState) => boolean;
  /** Within a call; without it, always. */
  readonly enabled?: (call: ActiveCall) => boolean;
}

/**
 * Actions that toggle or are not always possible; any other is the command of the same name. Not in `control-rows.ts`,
 * because a page that has such a button loads these before, and often without, the interface of a call.
 */
const actions: Readonly<Record<string, Omit<ButtonAction, 'command'> & { readonly command?: string }>> = {
  'mute-audio': { command: 'toggle-audio', pressed: ({ local }) => !local.microphone.wanted },
  'pause-video': {
    command: 'toggle-video',
    pressed: ({ local }) => !local.camera.wanted,
    enabled: ({ audioOnly }) => !audioOnly,
  },
  'share-screen': { command: 'toggle-screen-share', pressed: ({ local }) => local.screen.wanted },
  record: {
    command: 'toggle-recording',
    pressed: isRecording,
  },
  'raise-hand': {
    command: 'toggle-hand',
    pressed: isHandRaised,
  },
  'picture-in-picture': { pressed: (state) => isActive(state) && state.pictureInPicture },
  'switch-camera': { enabled: ({ local }) => local.devices.videoInputDevices.length > 1 },
  'switch-to-video-call': { enabled: ({ audioOnly }) => audioOnly },
  stay: { enabled: ({ idleEndsAt }) => idleEndsAt !== null },
};

/** The action that is meant by `Mute-Audio`, `muteAudio` or `--mute-audio`; frameworks may set the property to `null`. */
function actionNamed(text: string | number | null | undefined): string {
  const words = String(text ?? '')
    .trim()
    .replace(/^--/, '')
    .replace(/(?<=[a-z])(?=[A-Z])|[\s_]+/g, '-');
  return words.toLowerCase();
}

/** The command of an action, with its two hyphens. */
export function commandOf(action: string): string {
  const name = actionNamed(action);
  return `--${actions[name]?.command ?? name}`;
}

/** `undefined`: the action is nothing that can be on and off. */
export function isPressed(action: string, state: CallState): boolean | undefined {
  return actions[actionNamed(action)]?.pressed?.(state);
}

export function isEnabled(action: string, state: CallState): boolean {
  const name = actionNamed(action);
  if (name === 'start-session') return state.phase === 'idle' || state.phase === 'ended';
  return isActive(state) && (actions[name]?.enabled?.(state) ?? true);
}
