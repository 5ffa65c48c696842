/** Layouts of a call, in the Chat SDK's words; `CometChatCalls.setMode` takes them all. */
export const CALL_MODE = {
  DEFAULT: 'DEFAULT',
  SPOTLIGHT: 'SPOTLIGHT',
  SINGLE: 'SINGLE',
  TILE: 'TILE',
  GRID: 'GRID',
} as const;

/** Whether a call begins with cameras. */
export const CALL_TYPE = { AUDIO: 'audio', VIDEO: 'video' } as const;

/** What became of a call. Only `initiated` and `ongoing` calls are live. */
export const CALL_STATUS = {
  INITIATED: 'initiated',
  ONGOING: 'ongoing',
  UNANSWERED: 'unanswered',
  REJECTED: 'rejected',
  BUSY: 'busy',
  CANCELLED: 'cancelled',
  ENDED: 'ended',
} as const;

/** Who is called: one user, or the members of a group. */
export const RECEIVER_TYPE = { USER: 'user', GROUP: 'group' } as const;

/** The category of every Call. */
export const CATEGORY_CALL = 'call';
