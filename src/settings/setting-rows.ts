import type { AudioMode } from '../domain/media/audio-modes.js';
import type { BackgroundImage } from '../domain/media/background-image.js';
import type { EncryptionKey } from '../domain/media/media-encryption.js';
import { layoutModes, type LayoutMode } from '../domain/call/call-state.js';
import type { TrackProcessors } from '../domain/media/track-processor.js';

/** A setting: its attribute, type, default and parser. The playground builds its panel from these rows. */
export interface SettingRow<Value> {
  readonly attribute: string;
  readonly defaultValue: Value;
  readonly kind: 'switch' | 'choice' | 'number' | 'text' | 'object';
  readonly choices?: readonly Value[];
  /** The property also accepts an object, which an attribute cannot express. */
  readonly objects?: true;
  /** Alternative names from other APIs. As attributes and as properties they switch the setting on, too. */
  readonly aliases?: readonly string[];
  /** Converts attribute text to a value. Invalid text and a removed attribute (`null`) give `defaultValue`. */
  readonly parse: (text: string | null) => Value;
}

/** A row without its attribute, which is the setting's name in kebab-case. */
type Unnamed<Value> = Omit<SettingRow<Value>, 'attribute'>;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/**
 * Whether a present boolean attribute is on: unless it is `false`, `0`, `no` or `off`. HTML has no other way to
 * switch a setting off by attribute. Any other text means on, as for HTML's own boolean attributes, so that a
 * misspelled value never unmutes a microphone.
 */
export const toBoolean = (value: unknown): boolean => !/^(false|0|no|off)$/i.test(String(value).trim());

/** On unless the page writes `="false"`. */
const on: Unnamed<boolean> = { defaultValue: true, kind: 'switch', parse: toBoolean };

/** Off unless the attribute is present. */
const off: Unnamed<boolean> = {
  defaultValue: false,
  kind: 'switch',
  parse: (text) => text !== null && toBoolean(text),
};

const seconds = (defaultValue: number): Unnamed<number> => ({
  defaultValue,
  kind: 'number',
  parse: (text) => (text !== null && Number(text) > 0 ? Number(text) : defaultValue),
});

const anyText: Unnamed<string> = { defaultValue: '', kind: 'text', parse: (text) => text ?? '' };

/** The blur, in percent, where one is wanted without a number. */
export const defaultBlur = 50;

const image: Unnamed<BackgroundImage> = { ...anyText, objects: true };

const key: Unnamed<EncryptionKey> = { ...anyText, objects: true };

const everyBackground = 'blur builtin upload';

/** Normalizes spelling: removes differences in case and word separators. */
export const normalized = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, '');

/** One of a list, in any spelling; the first is the default. */
const oneOf = <Value extends string>(...choices: readonly [Value, ...Value[]]): Unnamed<Value> => ({
  defaultValue: choices[0],
  kind: 'choice',
  choices,
  parse: (text) => choices.find((value) => normalized(value) === normalized(text ?? '')) ?? choices[0],
});

const position = (defaultValue: LabelPosition): Unnamed<LabelPosition> =>
  oneOf(defaultValue, ...labelPositions.filter((value) => value !== defaultValue));

const labelPositions = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** A corner of the tile. Left and right apply to left-to-right pages; right-to-left pages mirror them. */
export type LabelPosition = (typeof labelPositions)[number];

/** How much is announced to screen readers. */
export type Announcements = 'all' | 'important' | 'none';

/** How a participant without video is displayed. */
export type AvatarMode = 'circle' | 'square' | 'fullscreen';

function named<Rows extends Readonly<Record<string, Unnamed<unknown>>>>(
  rows: Rows,
): { readonly [Name in keyof Rows]: Rows[Name] & { readonly attribute: string } } {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, { ...row, attribute: kebab(name) }]),
  ) as ReturnType<typeof named<Rows>>;
}

const noProcessors: { readonly defaultValue: TrackProcessors | null } = { defaultValue: null };

/**
 * All settings, one row each. Attributes, properties, defaults, types, manifest and playground are derived from it.
 */
export const settingRows = named({
  /** Show the built-in controls. Off: show only the media; the page provides the controls. */
  enableDefaultLayout: on,
  /** Show the control bar. Off: the page provides the buttons; video, notices and the participant list remain. */
  showControlPanel: on,
  /** Show the time since joining the call. */
  showSessionTimer: on,
  /** Title of the call, shown in the control bar if there is room. */
  callTitle: anyText,
  /** Show a lobby before joining: preview, microphone level, speaker test, device selection, name. */
  lobby: off,
  /** Enable keyboard shortcuts while the focus or the pointer is in the call: `m` mutes, `?` lists them all. */
  hotkeys: on,
  /** While muted, hold the space bar to speak. */
  pushToTalk: off,
  /** Join without cameras: a voice call, until all accept the switch to video. */
  audioOnly: off,
  /**
   * Layout of the tiles: a grid (DEFAULT, TILE), one participant in front (SPOTLIGHT, SIDEBAR), or only one (SINGLE).
   */
  mode: oneOf<LayoutMode>(...layoutModes),
  /** Show only one participant: the remote one of a 1:1 call, or the active speaker. */
  singleMode: off,
  /** Join with the microphone muted. */
  startWithAudioMuted: { ...off, aliases: ['muted', 'audioMuted', 'startMuted', 'startAudioMuted'] },
  /** Join with the camera off. */
  startWithVideoMuted: {
    ...off,
    aliases: ['videoMuted', 'videoPaused', 'startVideoMuted', 'startVideoPaused', 'startWithVideoPaused'],
  },
  /**
   * The role in a presentation. A presenter sends audio and video. A viewer only watches and is not asked for devices. A
   * token with the role `viewer` makes its user a viewer, whatever this setting says.
   */
  presentation: oneOf('none', 'presenter', 'viewer'),
  /** Show the button that ends the call. */
  showEndCallButton: on,
  /** Show the button that mutes the microphone. */
  showMuteAudioButton: on,
  /** Show the button that turns the camera off. */
  showPauseVideoButton: on,
  /** Show the button that shares the screen, if the browser supports it. */
  showScreenShareButton: on,
  /** Show the button that changes the layout. */
  showModeButton: on,
  /** Show the button that switches between front and rear camera, if there is more than one. */
  showSwitchCameraButton: on,
  /** Show the button that selects the audio output. */
  showAudioModeButton: on,
  /** In a voice call, show the button that requests a switch to video. */
  showSwitchToVideoCallButton: on,
  /** Show the button that records the call. */
  showRecordingButton: off,
  /** Start recording when the call is joined. */
  startRecordingOnCallStart: off,
  /** Show the button that raises the hand. */
  showRaiseHandButton: on,
  /** Show the button that opens the list of participants. */
  showParticipantListButton: on,
  /** Show the background picker for the local video. */
  showVirtualBackgroundSetting: on,
  /** Background blur, from 1 (slight) to 99; 0: off. Without a number: 50. */
  backgroundBlur: {
    defaultValue: 0,
    kind: 'number',
    parse: (text) => {
      if (text === null || !toBoolean(text) || normalized(text) === 'none') return 0;
      const strength = Number.parseFloat(text);
      // What is no number is on, as for every switch: a misspelled value must not show the room.
      return Number.isNaN(strength) ? defaultBlur : Math.min(99, Math.max(0, strength));
    },
  },
  /**
   * Background image: a URL, or `builtin:` followed by dawn, sea, forest or slate. The property also accepts a file.
   */
  backgroundImage: image,
  /** Options of the background picker: `blur`, `builtin`, `upload` and URLs of images; `none` disables it. */
  backgroundChoices: {
    ...anyText,
    defaultValue: everyBackground,
    // URLs keep their case; keytext are case-insensitive.
    parse: (text) =>
      (text ?? everyBackground)
        .trim()
        .replace(/(?<!\S)(blur|builtin|upload|none)(?!\S)/gi, (choice) => choice.toLowerCase()),
  },
  /** Suppress noise in the microphone's audio. */
  noiseSuppression: off,
  /** URL of the folder with the files for backgrounds and noise suppression. Default: the folder of the bundle. */
  processorAssetsUrl: anyText,
  /** The page's processors, which replace the built-in ones: `{ camera, microphone }`. Property only. */
  trackProcessors: {
    ...noProcessors,
    kind: 'object',
    objects: true,
    parse: () => null,
  },
  /**
   * Encrypt the media from end to end: no server can see or hear it. Without an `encryptionKey`, which alone switches it on, too, the
   * participants agree on keys. A change leaves the call and joins again.
   */
  endToEndEncryption: off,
  /** The key of the encryption: a passphrase, 16 or more random bytes, or a CryptoKey. Everyone in the call needs the same, or none. */
  encryptionKey: key,
  /** Seconds without another participant after which the call ends. */
  idleTimeoutPeriod: seconds(180),
  /** Seconds before the end during which the idle warning is shown. */
  idleWarningPeriod: seconds(60),
  /** Initial microphone (`deviceId`). Empty: the system's default. */
  audioInputDeviceId: anyText,
  /** Initial speaker (`deviceId`). Empty: the system's default. */
  audioOutputDeviceId: anyText,
  /** Initial camera (`deviceId`). Empty: the system's default. */
  videoInputDeviceId: anyText,
  /** How a participant without video is displayed. */
  avatarMode: oneOf<AvatarMode>('circle', 'square', 'fullscreen'),
  /** Initial audio output. Empty: the system's default. */
  defaultAudioMode: oneOf<AudioMode | ''>('', 'SPEAKER', 'EARPIECE', 'BLUETOOTH', 'HEADPHONES'),
  /**
   * Announcements for screen readers: all, only the important ones (connection, local microphone, recordings, screen
   * sharing), or none.
   */
  announcements: oneOf<Announcements>('all', 'important', 'none'),
  /** Pin a tile by clicking it. */
  enableVideoTileClick: on,
  /** Allow dragging the small tile of the spotlight layout to another corner. */
  enableDraggableVideoTile: on,
  /** How the video in front fills its tile: `contain` shows all of it, `cover` leaves no bars. */
  mainVideoAspectRatio: oneOf('contain', 'cover', 'default'),
  /** Show the full-screen button on the tile in front. */
  showFullScreenButton: on,
  /** Corner of the full-screen button. */
  fullScreenButtonPosition: position('bottom-right'),
  /** Show the participant's name on the tile in front. */
  showNameLabel: on,
  /** Corner of the name label. */
  nameLabelPosition: position('bottom-left'),
  /** Background of the name label, as a CSS colour. Empty: the theme's. */
  nameLabelColor: anyText,
  /** Show the connection quality on the tile in front. */
  showNetworkLabel: on,
  /** Corner of the network label. */
  networkLabelPosition: position('bottom-right'),
});

type Rows = typeof settingRows;

export type SettingName = keyof Rows;

/** The settings of one call. */
export type CallSettings = { readonly [Key in keyof Rows]: Rows[Key]['defaultValue'] };

/** Whether the media must be encrypted from end to end. */
export const isEncrypted = ({
  endToEndEncryption,
  encryptionKey,
}: Pick<CallSettings, 'endToEndEncryption' | 'encryptionKey'>): boolean =>
  endToEndEncryption || encryptionKey !== '';

export const settingNames = Object.keys(settingRows) as readonly SettingName[];

export const defaultSettings = Object.fromEntries(
  settingNames.map((name) => [name, settingRows[name].defaultValue]),
) as unknown as CallSettings;

/** All accepted spellings of an attribute: its name, with underscores, the lower-case property name, and the alternative names. */
export function spellingsOf(attribute: string): readonly string[] {
  const rows: readonly SettingRow<unknown>[] = Object.values(settingRows);
  const aliases = rows.find((row) => row.attribute === attribute)?.aliases ?? [];
  return [attribute, ...aliases.map(kebab)].flatMap((name) => [
    name,
    normalized(name),
    ...(name.includes('-') ? [name.replaceAll('-', '_')] : []),
  ]);
}
