import type { SignalData } from '../../../domain/signal-data.js';
import { maxCandidates } from './parse-signal.js';

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

export function hasCandidates(data: SignalData): boolean {
  return data.type === 'candidates' || ('sdp' in data && data.sdp.includes('a=candidate'));
}
