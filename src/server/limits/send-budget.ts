/** What one member may make the server send to others in ten seconds: so that none fills the line of another. */
export class SendBudget {
  readonly #spent = new Map<string, number>();
  #since = 0;

  /** Whether `amount` more for that receiver is within the limit; if it is, it is spent. */
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

/** Bytes of signals to one participant. An offer has about 10 KiB, its candidates as much. */
export const signalBytesPerReceiver = 256 * 1024;

/** Changes that all others are told of. */
export const changesPerMember = 300;
