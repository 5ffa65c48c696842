/** Layouts of the call, as `setMode` takes them. */
export const CALL_MODE = { DEFAULT: 'DEFAULT', SPOTLIGHT: 'SPOTLIGHT', GRID: 'TILE' } as const;

/** Audio outputs, as named by the mobile SDKs. */
export const AUDIO_MODE = {
  SPEAKER: 'SPEAKER',
  EARPIECE: 'EARPIECE',
  BLUETOOTH: 'BLUETOOTH',
  HEADPHONES: 'HEADPHONES',
} as const;

/** Corners of the labels on the main video. */
export const POSITION = {
  TOP_LEFT: 'top-left',
  TOP_RIGHT: 'top-right',
  BOTTOM_LEFT: 'bottom-left',
  BOTTOM_RIGHT: 'bottom-right',
} as const;

/** How the main video fills its place. */
export const ASPECT_RATIO = { DEFAULT: 'default', CONTAIN: 'contain', COVER: 'cover' } as const;
