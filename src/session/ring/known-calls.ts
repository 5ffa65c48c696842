import { isLive } from '../../domain/ring/ring-call.js';
import { ringEvent, type RingEvent, type RingView } from '../../domain/ring/ring-view.js';

/** The maximum number of calls kept; live calls are never evicted. */
const capacity = 100;

/** The last known view of each call of this page. Derives a ring event from each newer view. */
export class KnownCalls {
  readonly #views = new Map<string, RingView>();
  /** Calls that the application cleared. */
  readonly #cleared = new Set<string>();

  constructor(
    private readonly deviceId: string,
    private readonly notify: (event: RingEvent, view: RingView) => void,
    /** A view changed; called before the event is notified. */
    private readonly onChanged: () => void = () => undefined,
  ) {}

  get(sessionId: string): RingView | undefined {
    return this.#views.get(sessionId);
  }

  /** The live call that this page has joined and not cleared. */
  active(): RingView | undefined {
    return [...this.#views.values()].findLast(
      (view) => this.#isActiveHere(view) && !this.#cleared.has(view.sessionId),
    );
  }

  /** The calls that are ringing on this device, oldest first. */
  ringing(): readonly RingView[] {
    return [...this.#views.values()].filter((view) => isLive(view) && view.self.state === 'ringing');
  }

  /** Clears the joined calls, so that `active()` no longer returns them. */
  clearActive(): void {
    for (const view of this.#views.values()) if (this.#isActiveHere(view)) this.#cleared.add(view.sessionId);
    this.onChanged();
  }

  /** Stores a view. Ignores stale revisions, since views may arrive out of order. */
  apply(view: RingView): void {
    const previous = this.#views.get(view.sessionId);
    if (previous && previous.revision >= view.revision) return;
    this.#views.set(view.sessionId, view);
    this.#evictOldest();
    this.onChanged();
    const event = ringEvent(previous, view, this.deviceId);
    if (event) this.notify(event, view);
  }

  /** Closes ringing calls that the server does not know any more. Ongoing calls continue. */
  markMissing(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds)
      if (this.#views.get(sessionId)?.status === 'initiated') this.close(sessionId, null);
  }

  /** Closes a call that the server does not know any more; returns its final view, or `undefined` if unknown here. */
  close(sessionId: string, by: RingView['by']): RingView | undefined {
    const view = this.#views.get(sessionId);
    if (!view || !isLive(view)) return view;
    const state = view.self.state === 'ringing' ? 'missed' : 'left';
    const status = view.status === 'initiated' ? 'unanswered' : 'ended';
    const closed = {
      ...view,
      revision: view.revision + 1,
      status,
      self: { ...view.self, state },
      by,
    } as const;
    this.apply(closed);
    return closed;
  }

  /** What the server is to be asked about after a gap. */
  snapshot(): { readonly known: readonly string[]; readonly joined: readonly string[] } {
    const live = [...this.#views.values()].filter(isLive).slice(-50);
    const joined = live.filter((view) => this.#isActiveHere(view) && !this.#cleared.has(view.sessionId));
    return { known: live.map(idOf), joined: joined.map(idOf) };
  }

  #isActiveHere(view: RingView): boolean {
    return isLive(view) && view.self.state === 'joined' && view.self.deviceId === this.deviceId;
  }

  #evictOldest(): void {
    for (const view of this.#views.values()) {
      if (this.#views.size <= capacity) return;
      if (isLive(view)) continue;
      this.#views.delete(view.sessionId);
      this.#cleared.delete(view.sessionId);
    }
  }
}

function idOf({ sessionId }: RingView): string {
  return sessionId;
}
