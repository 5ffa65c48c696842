import type { Participant, ParticipantChanges, ParticipantId } from '../../domain/call/participant.js';

type Changes = { readonly [Field in keyof ParticipantChanges]: ParticipantChanges[Field] | undefined };

/** The participants known to this tab. */
export class TabRoster {
  readonly self: ParticipantId;
  readonly #participants = new Map<ParticipantId, Participant>();

  constructor(self: Participant) {
    this.self = self.id;
    this.#participants.set(self.id, self);
  }

  get(id: ParticipantId): Participant | undefined {
    return this.#participants.get(id);
  }

  /** The remote participants, in joining order. */
  others(): Participant[] {
    return [...this.#participants.values()]
      .filter(({ id }) => id !== this.self)
      .sort((a, b) => a.order - b.order);
  }

  /** Adds a participant; returns whether it was new. */
  add(participant: Participant): boolean {
    if (this.#participants.has(participant.id)) return false;
    this.#participants.set(participant.id, participant);
    return true;
  }

  /** Removes a remote participant; returns whether it was present. */
  remove(id: ParticipantId): boolean {
    return id !== this.self && this.#participants.delete(id);
  }

  /** Applies changes; returns whether the participant exists. */
  change(id: ParticipantId, changes: Changes): boolean {
    const participant = this.#participants.get(id);
    if (!participant) return false;
    const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.#participants.set(id, { ...participant, ...Object.fromEntries(defined) });
    return true;
  }
}
