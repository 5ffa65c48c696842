/**
 * What one participant may cause the server to send in ten seconds, so that it cannot flood the connections of
 * others.
 */
export class SendBudget {
  readonly #spent = new Map<string, number>();
  #since = 0;

  /** Spends `amount` for that receiver. Returns `false`, and spends nothing, if that exceeds the limit. */
  spend(
    receiver: string,
    amount: number,
    { limit, now }: { readonly limit: number; readonly now: number },
  ): boolean {
    if (now < this.#since || now >= this.#since + windowMs) {
      this.#spent.clear();
      this.#since = now;
    }
    const spent = (this.#spent.get(receiver) ?? 0) + amount;
    if (spent > limit) return false;
    this.#spent.set(receiver, spent);
    return true;
  }
}

const windowMs = 10_000;

/** Bytes of signals to one participant. An offer has about 10 KiB, and so have its candidates together. */
export const signalBytesPerReceiver = 256 * 1024;

/** State changes of one participant that are sent to all others. */
export const changesPerParticipant = 300;
