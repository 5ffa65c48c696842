import type { SignalData } from '../../../domain/signal-data.js';

/** More are no candidates of one connection. */
const maxCandidates = 100;

/** Candidates that overtook the offer of their epoch. */
export class PendingCandidates {
  #candidates: { readonly epoch: number; readonly data: SignalData }[] = [];

  add(epoch: number, data: SignalData): void {
    this.#candidates = [...this.#candidates, { epoch, data }].slice(-maxCandidates);
  }

  /** Those of this epoch; older ones are of no use any more. */
  takeForEpoch(epoch: number): readonly SignalData[] {
    const matching = this.#candidates.filter((candidate) => candidate.epoch === epoch);
    this.#candidates = this.#candidates.filter((candidate) => candidate.epoch > epoch);
    return matching.map(({ data }) => data);
  }
}
