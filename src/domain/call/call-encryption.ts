import type { ParticipantId } from './participant.js';

/** What is known of the encryption of a call. */
export interface CallEncryption {
  /** Whether all media is encrypted: frames of every participant who sends were decrypted, and own ones encrypted. */
  readonly encrypted: boolean;
  /** The participants whose frames cannot be decrypted: another key, or none. */
  readonly undecryptable: readonly ParticipantId[];
  /**
   * Where keys are agreed: what the participants can compare. If it is the same for all, no server is between them. Absent until the
   * keys of all are there.
   */
  readonly verificationCode?: string;
}
