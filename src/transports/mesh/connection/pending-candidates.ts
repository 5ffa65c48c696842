import type { SignalData } from '../../../domain/signal-data.js';

/** No single connection has more candidates. */
const maxCandidates = 100;

/** Candidates that arrived before the offer of their epoch. */
export class PendingCandidates {
  #candidates: { readonly epoch: number; readonly data: SignalData }[] = [];

  add(epoch: number, data: SignalData): void {
    this.#candidates = [...this.#candidates, { epoch, data }].slice(-maxCandidates);
  }

  /** Removes and returns the candidates of an epoch, and discards older ones. */
  takeForEpoch(epoch: number): readonly SignalData[] {
    const matching = this.#candidates.filter((candidate) => candidate.epoch === epoch);
    this.#candidates = this.#candidates.filter((candidate) => candidate.epoch > epoch);
    return matching.map(({ data }) => data);
  }
}
