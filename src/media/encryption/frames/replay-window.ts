/** How late a frame may be, in frames. */
const size = 1024;

/** The counters of the latest frames: a media server may delay and reorder frames, but not repeat them. */
export class ReplayWindow {
  readonly #seen = new Set<number>();
  #highest = -1;

  /** Whether the counter is new. */
  add(counter: number): boolean {
    if (counter <= this.#highest - size || this.#seen.has(counter)) return false;
    this.#seen.add(counter);
    this.#highest = Math.max(this.#highest, counter);
    if (this.#seen.size > 2 * size)
      for (const each of this.#seen) if (each <= this.#highest - size) this.#seen.delete(each);
    return true;
  }
}
