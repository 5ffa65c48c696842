/** Layouts, as `setLayout` and the session settings take them. */
const LAYOUT = { TILE: 'TILE', SIDEBAR: 'SIDEBAR', SPOTLIGHT: 'SPOTLIGHT' } as const;

/** With cameras or without. */
const TYPE = { VOICE: 'VOICE', VIDEO: 'VIDEO' } as const;

/** `CometChatCalls.constants` of v5. */
export const constants = {
  LAYOUT,
  TYPE,
  SESSION_TYPE: TYPE,
  CAMERA_FACING: { FRONT: 'FRONT', REAR: 'REAR' },
} as const;

/** A layout by its v5 name. */
export type Layout = keyof typeof LAYOUT;

/** Whether a session has cameras. */
export type SessionType = keyof typeof TYPE;
