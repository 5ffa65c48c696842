import type { SessionUser } from '../../../domain/call/participant.js';

/** A participant, as the listeners of v5 receive them. */
export interface CallParticipant {
  /** Of this place in the call: the same user may be in it twice. */
  readonly pid: string;
  /** The id of the user in the application. */
  readonly uid: string;
  /** The name that is shown. */
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

export function callParticipant({ id, uid, name, avatar }: SessionUser): CallParticipant {
  return { pid: id, uid, name, avatar };
}
