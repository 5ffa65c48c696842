import type { RoomTransition } from '../../rooms/room-transition.js';

/** A transition of this node that is being stored. */
export class PendingChange {
  readonly heard: Promise<void>;
  isStored = false;
  #hear = (): void => undefined;

  constructor(
    readonly outcome: RoomTransition,
    private readonly onStored: () => void,
  ) {
    this.heard = new Promise((resolve) => (this.#hear = resolve));
  }

  /** Its message has come, or never will. */
  hear(): void {
    this.#hear();
  }

  stored(): void {
    if (this.isStored) return;
    this.isStored = true;
    this.onStored();
  }
}
