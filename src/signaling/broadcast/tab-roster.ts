import type { Participant, ParticipantChanges, ParticipantId } from '../../domain/call/participant.js';

type Changes = { readonly [Field in keyof ParticipantChanges]: ParticipantChanges[Field] | undefined };

/** Who is in the call, as far as this tab has heard. */
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

  /** In the order of joining. */
  others(): Participant[] {
    return [...this.#participants.values()]
      .filter(({ id }) => id !== this.self)
      .sort((a, b) => a.order - b.order);
  }

  /** Whether it was not there before. */
  add(participant: Participant): boolean {
    if (this.#participants.has(participant.id)) return false;
    this.#participants.set(participant.id, participant);
    return true;
  }

  /** Whether it was there. */
  remove(id: ParticipantId): boolean {
    return id !== this.self && this.#participants.delete(id);
  }

  /** Whether there is such a participant. */
  change(id: ParticipantId, changes: Changes): boolean {
    const participant = this.#participants.get(id);
    if (!participant) return false;
    const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.#participants.set(id, { ...participant, ...Object.fromEntries(defined) });
    return true;
  }
}
