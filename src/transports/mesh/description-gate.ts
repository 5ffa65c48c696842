import type { ParticipantId } from '../../domain/call/participant.js';

/**
 * ms to wait for a peer: until its offer or answer is sent, and then until its answer arrives. An answer that takes longer
 * is on a slow network, and the page has time to draw meanwhile.
 */
const limits = { description: 250, answer: 40 };

/** Knows whether descriptions are due, and postpones what would delay them: drawing a new tile takes longer than they do. */
export class DescriptionGate {
  readonly #due = new Map<ParticipantId, ReturnType<typeof setTimeout>>();
  #postponed: (() => void)[] = [];

  /** An offer or answer for this peer will be sent soon. */
  expect(id: ParticipantId): void {
    this.#wait(id, limits.description);
  }

  /** The offer was sent; the peer's answer will arrive soon. */
  offered(id: ParticipantId): void {
    if (this.#due.has(id)) this.#wait(id, limits.answer);
  }

  /** The peer has its description, and this side its own, or never will. */
  done(id: ParticipantId): void {
    clearTimeout(this.#due.get(id));
    this.#due.delete(id);
    if (this.#due.size === 0) for (const run of this.#postponed.splice(0)) run();
  }

  /** Calls `run` when no description is due: now, or once. */
  whenOpen(run: () => void): void {
    if (this.#due.size === 0) run();
    else this.#postponed.push(run);
  }

  #wait(id: ParticipantId, ms: number): void {
    clearTimeout(this.#due.get(id));
    this.#due.set(
      id,
      setTimeout(() => this.done(id), ms),
    );
  }

  /** The call is over. */
  close(): void {
    for (const id of [...this.#due.keys()]) this.done(id);
  }
}
