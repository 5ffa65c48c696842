import type { SessionUser } from '../../../domain/call/participant.js';

/** Somebody in the call, as the listeners of v5 get them. */
export interface CallParticipant {
  /** Of this place in the call: the same user may be in it twice. */
  readonly pid: string;
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

export function callParticipant({ id, uid, name, avatar }: SessionUser): CallParticipant {
  return { pid: id, uid, name, avatar };
}
