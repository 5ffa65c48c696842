import type { AudioMode } from '../domain/media/audio-modes.js';
import type { BackgroundImage } from '../domain/media/background-image.js';
import type { LayoutMode } from '../domain/call/call-state.js';
import type { TrackProcessors } from '../domain/media/track-processor.js';

/** How a setting looks in HTML and what it may be. The playground draws its panel from this. */
export interface SettingRow<Value> {
  readonly attribute: string;
  readonly initially: Value;
  readonly kind: 'switch' | 'choice' | 'number' | 'text' | 'object';
  readonly choices?: readonly Value[];
  /** The property may also be an object, which no attribute can say. */
  readonly objects?: true;
  /** Names that people know from elsewhere: as attributes and as properties they switch this on, too. */
  readonly also?: readonly string[];
  /** Attribute text to value; text that is not one gives `initially`, and so does a removed attribute (`null`). */
  readonly parse: (text: string | null) => Value;
}

/** The attribute is the setting's name in kebab-case, for every setting. */
type Unnamed<Value> = Omit<SettingRow<Value>, 'attribute'>;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/**
 * Whether a switch that is present is on: it is, unless it is `false`, `0`, `no` or `off`. HTML has no other way to say "off" by
 * attribute. Any other text is "on", as for HTML's own attributes: a microphone that is to be muted then is.
 */
export const isOn = (value: unknown): boolean => !/^(false|0|no|off)$/i.test(String(value).trim());

/** On unless the page writes `="false"`. */
const on: Unnamed<boolean> = { initially: true, kind: 'switch', parse: isOn };

/** Off unless the attribute is present. */
const off: Unnamed<boolean> = {
  initially: false,
  kind: 'switch',
  parse: (text) => text !== null && isOn(text),
};

const seconds = (initially: number): Unnamed<number> => ({
  initially,
  kind: 'number',
  parse: (text) => (text !== null && Number(text) > 0 ? Number(text) : initially),
});

const words: Unnamed<string> = { initially: '', kind: 'text', parse: (text) => text ?? '' };

/** Of a blur without a number. */
const defaultBlur = 50;

const image: Unnamed<BackgroundImage> = { ...words, objects: true };

const everyBackground = 'blur builtin upload';

/** Without what people write differently: case, and what separates words. */
export const plainly = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, '');

/** One of a list, however it is spelled; the first is the default. */
const oneOf = <Value extends string>(...choices: readonly [Value, ...Value[]]): Unnamed<Value> => ({
  initially: choices[0],
  kind: 'choice',
  choices,
  parse: (text) => choices.find((value) => plainly(value) === plainly(text ?? '')) ?? choices[0],
});

const position = (initially: LabelPosition): Unnamed<LabelPosition> =>
  oneOf(initially, ...labelPositions.filter((value) => value !== initially));

const labelPositions = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** A corner of the tile. Left and right are those of a left-to-right page; a right-to-left page mirrors them. */
export type LabelPosition = (typeof labelPositions)[number];

/** How much the call says to those who do not see it. */
export type Announcements = 'all' | 'important' | 'none';

/** How a participant without a picture is drawn. */
export type AvatarMode = 'circle' | 'square' | 'fullscreen';

function named<Rows extends Readonly<Record<string, Unnamed<unknown>>>>(
  rows: Rows,
): { readonly [Name in keyof Rows]: Rows[Name] & { readonly attribute: string } } {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, { ...row, attribute: kebab(name) }]),
  ) as ReturnType<typeof named<Rows>>;
}

const noProcessors: { readonly initially: TrackProcessors | null } = { initially: null };

/** The settings table: one row per setting. Attribute, property, default, type, manifest and playground follow. */
export const settingRows = named({
  /** Show the built-in controls. Off: only the media; the page draws its own interface. */
  enableDefaultLayout: on,
  /** Show the bar with the buttons. Off: the page has buttons of its own; pictures, notices and the list stay. */
  showControlPanel: on,
  /** Show how long one has been in the call. */
  showSessionTimer: on,
  /** The name of the call, shown in the bar where there is room. */
  callTitle: words,
  /** Before joining, show a lobby: preview, microphone level, speaker test, choice of devices, name. */
  lobby: off,
  /** Obey single keys while the focus or the pointer is in the call: `m` mutes, `?` lists them all. */
  hotkeys: on,
  /** While muted, speak for as long as the space bar is held. */
  pushToTalk: off,
  /** Join without cameras: a voice call, until all agree to switch to video. */
  audioOnly: off,
  /** Layout of the tiles: a grid (DEFAULT, TILE), or one participant in front (SPOTLIGHT), or only one (SINGLE). */
  mode: oneOf<LayoutMode>('DEFAULT', 'SPOTLIGHT', 'TILE', 'SINGLE', 'SIDEBAR'),
  /** Show only one participant: the other one of a 1:1 call, or whoever speaks. */
  singleMode: off,
  /** Join with the microphone muted. */
  startWithAudioMuted: { ...off, also: ['muted', 'audioMuted', 'startMuted', 'startAudioMuted'] },
  /** Join with the camera off. */
  startWithVideoMuted: {
    ...off,
    also: ['videoMuted', 'videoPaused', 'startVideoMuted', 'startVideoPaused', 'startWithVideoPaused'],
  },
  /** Show the button that ends the call. */
  showEndCallButton: on,
  /** Show the button that mutes the microphone. */
  showMuteAudioButton: on,
  /** Show the button that turns the camera off. */
  showPauseVideoButton: on,
  /** Show the button that shares the screen, where the browser can. */
  showScreenShareButton: on,
  /** Show the button that changes the layout. */
  showModeButton: on,
  /** Show the button that changes between front and rear camera, where there is more than one. */
  showSwitchCameraButton: on,
  /** Show the button that chooses where the sound goes. */
  showAudioModeButton: on,
  /** Show, in a voice call, the button that asks the others to switch to video. */
  showSwitchToVideoCallButton: on,
  /** Show the button that records the call. */
  showRecordingButton: off,
  /** Start to record as soon as the call is joined. */
  startRecordingOnCallStart: off,
  /** Show the button that raises the hand. */
  showRaiseHandButton: on,
  /** Show the button that opens the list of participants. */
  showParticipantListButton: on,
  /** Show the choice of a background for the own picture. */
  showVirtualBackgroundSetting: on,
  /** Blur what is behind the user, from 1 (a little) to 99; 0: not at all. Without a number: 50. */
  backgroundBlur: {
    initially: 0,
    kind: 'number',
    parse: (text) =>
      text !== null && /^(true)?$/i.test(text.trim())
        ? defaultBlur
        : Math.min(99, Math.max(0, Number(text) || 0)),
  },
  /** Show this image behind the user: its address, or `builtin:` with dawn, sea, forest or slate. As a property also a file. */
  backgroundImage: image,
  /** What the choice of a background offers: `blur`, `builtin`, `upload` and addresses of images; `none`: the page chose. */
  backgroundChoices: {
    ...words,
    initially: everyBackground,
    // Addresses keep their case; words need not have it.
    parse: (text) =>
      (text ?? everyBackground)
        .trim()
        .replace(/(?<!\S)(blur|builtin|upload|none)(?!\S)/gi, (choice) => choice.toLowerCase()),
  },
  /** Take noise out of the microphone's sound. */
  noiseSuppression: off,
  /** Folder of the files that background and noise suppression load; empty: beside the bundle. */
  processorAssetsUrl: words,
  /** Processors of the page's own, in place of the built-in ones: `{ camera, microphone }`. A property only. */
  trackProcessors: {
    ...noProcessors,
    kind: 'object',
    objects: true,
    parse: () => null,
  },
  /** Seconds alone in the call before it is ended; a warning shows for the last of them. */
  idleTimeoutPeriod: seconds(180),
  /** For how many of these seconds the warning shows. */
  idleWarningPeriod: seconds(60),
  /** `deviceId` of the microphone to begin with; empty: the system's. */
  audioInputDeviceId: words,
  /** `deviceId` of the speaker to begin with; empty: the system's. */
  audioOutputDeviceId: words,
  /** `deviceId` of the camera to begin with; empty: the system's. */
  videoInputDeviceId: words,
  /** How a participant without a picture is drawn. */
  avatarMode: oneOf<AvatarMode>('circle', 'square', 'fullscreen'),
  /** Where the sound goes at the start of the call; empty: the system's choice. */
  defaultAudioMode: oneOf<AudioMode | ''>('', 'SPEAKER', 'EARPIECE', 'BLUETOOTH', 'HEADPHONES'),
  /** What screen readers are told: everything, only what is important (connection, own microphone, recordings, screens), or nothing. */
  announcements: oneOf<Announcements>('all', 'important', 'none'),
  /** A click on a tile pins it. */
  enableVideoTileClick: on,
  /** The small tile of the spotlight layout can be dragged to another corner. */
  enableDraggableVideoTile: on,
  /** How the picture in front fills its tile: `contain` shows all of it, `cover` leaves no bars. */
  mainVideoAspectRatio: oneOf('contain', 'cover', 'default'),
  /** Show the full-screen button on the tile in front. */
  showFullScreenButton: on,
  /** Corner of the full-screen button. */
  fullScreenButtonPosition: position('bottom-right'),
  /** Show the participant's name on the tile in front. */
  showNameLabel: on,
  /** Corner of the name. */
  nameLabelPosition: position('bottom-left'),
  /** Background of the name, as a CSS colour; empty: the theme's. */
  nameLabelColor: words,
  /** Show the quality of the connection on the tile in front. */
  showNetworkLabel: on,
  /** Corner of the quality label. */
  networkLabelPosition: position('bottom-right'),
});

type Rows = typeof settingRows;

export type SettingName = keyof Rows;

/** The settings of one call. */
export type CallSettings = { readonly [Key in keyof Rows]: Rows[Key]['initially'] };

export const settingNames = Object.keys(settingRows) as readonly SettingName[];

export const defaultSettings = Object.fromEntries(
  settingNames.map((name) => [name, settingRows[name].initially]),
) as unknown as CallSettings;

/** All names by which an attribute is understood: the proper one, its property's in lower case, and those of elsewhere. */
export function spellingsOf(attribute: string): readonly string[] {
  const rows: readonly SettingRow<unknown>[] = Object.values(settingRows);
  const also = rows.find((row) => row.attribute === attribute)?.also ?? [];
  return [attribute, ...also.map(kebab)].flatMap((name) => [name, plainly(name)]);
}
