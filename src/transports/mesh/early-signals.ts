import type { SignalData } from '../../domain/signal-data.js';

/** More are no candidates of one connection. */
const most = 100;

/** Candidates that overtook the offer of their epoch. */
export class EarlySignals {
  #kept: { readonly epoch: number; readonly data: SignalData }[] = [];

  keep(epoch: number, data: SignalData): void {
    this.#kept = [...this.#kept, { epoch, data }].slice(-most);
  }

  /** Those of this epoch; older ones are of no use any more. */
  take(epoch: number): readonly SignalData[] {
    const taken = this.#kept.filter((each) => each.epoch === epoch);
    this.#kept = this.#kept.filter((each) => each.epoch > epoch);
    return taken.map(({ data }) => data);
  }
}
