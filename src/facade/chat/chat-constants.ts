/** Layouts of a call, in the Chat SDK's words; `CometChatCalls.setMode` takes them all. */
export const CALL_MODE = {
  DEFAULT: 'DEFAULT',
  SPOTLIGHT: 'SPOTLIGHT',
  SINGLE: 'SINGLE',
  TILE: 'TILE',
  GRID: 'GRID',
} as const;

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

export const RECEIVER_TYPE = { USER: 'user', GROUP: 'group' } as const;

export const CATEGORY_CALL = 'call';
