import type { LinkState, TrackSource } from '../../../src/domain/call/call-state.js';
import type { TransportGrant } from '../../../src/domain/call/transport-grant.js';
import type { CallError } from '../../../src/domain/call-error.js';
import type { Peer, Transport, TransportContext } from '../../../src/transports/transport.js';
import { SignalingHub } from '../signaling/signaling-hub.js';
import { listen, watch } from '../media/test-tracks.js';

/** Several participants of one call in one page, each with a transport of its own, joined by a signalling hub. */
export class CallInOnePage {
  readonly hub = new SignalingHub();
  readonly participants = new Map<string, TestParticipant>();
  readonly #signal: AbortSignal;

  constructor(
    /** For those who join from now on. */
    public create: (context: TransportContext) => Transport,
    signal: AbortSignal,
  ) {
    this.#signal = signal;
  }

  /** Gets the grants of all who will join. */
  async grant(grantFor: (id: string) => Promise<TransportGrant | null>): Promise<void> {
    for (const id of ['ann', 'bob', 'cas']) {
      const grant = await grantFor(id);
      if (grant) this.hub.grants.set(id, grant);
    }
  }

  /** Joins one after the other; all are notified. With an order, one that was here before joins again. */
  join(...who: (string | readonly [id: string, order: number])[]): TestParticipant[] {
    const joined = who.map((each) => {
      const [id, order] = typeof each === 'string' ? [each, undefined] : each;
      const leave = new AbortController();
      this.#signal.addEventListener('abort', () => leave.abort());
      const context = this.hub.context(id, leave.signal, order);
      const member = new TestParticipant(id, context.selfOrder, this.create(context), leave);
      this.participants.set(id, member);
      return member;
    });
    this.tell();
    return joined;
  }

  /** What the server does when a participant leaves. */
  leave(id: string): void {
    this.participants.get(id)?.leaving.abort();
    this.participants.delete(id);
    this.tell();
  }

  /** Sends the roster to all; `reconnecting` are those whose socket is cut. */
  tell(reconnecting: readonly string[] = []): void {
    const peers: Peer[] = [...this.participants.values()].map(({ id, order }) => ({
      id,
      order,
      connection: reconnecting.includes(id) ? 'reconnecting' : 'connected',
    }));
    for (const { id, transport } of this.participants.values())
      transport.setPeers(peers.filter((peer) => peer.id !== id));
  }
}

/** One participant, and everything its transport has said. */
export class TestParticipant {
  readonly tracks = new Map<string, MediaStreamTrack | null>();
  readonly links = new Map<string, LinkState[]>();
  readonly qualities = new Map<string, number[]>();
  readonly errors: CallError[] = [];
  readonly #frameCounters = new WeakMap<MediaStreamTrack, ReturnType<typeof watch>>();
  readonly #listened = new WeakMap<MediaStreamTrack, ReturnType<typeof listen>>();

  constructor(
    readonly id: string,
    readonly order: number,
    readonly transport: Transport,
    readonly leaving: AbortController,
  ) {
    const { signal } = leaving;
    const { events } = transport;
    events.on('track', ({ id: from, source, track }) => this.tracks.set(`${from} ${source}`, track), {
      signal,
    });
    events.on('link', ({ id: to, state }) => push(this.links, to, state), { signal });
    events.on('quality', ({ id: to, quality }) => push(this.qualities, to, quality), { signal });
    events.on('error', (error) => this.errors.push(error), { signal });
  }

  track(from: string, source: TrackSource): MediaStreamTrack | null {
    return this.tracks.get(`${from} ${source}`) ?? null;
  }

  link(to: string): LinkState | undefined {
    return this.links.get(to)?.at(-1);
  }

  /** Resolves when a moving picture of that colour is seen. */
  async receivesVideo(from: string, source: 'camera' | 'screen', colour: string): Promise<void> {
    let since: number | undefined;
    await until(`${this.id} sees the ${colour} ${source} of ${from}`, () => {
      const track = this.track(from, source);
      if (!track) return false;
      const view = remember(this.#frameCounters, track, () => watch(track, this.leaving.signal));
      since ??= view.frames();
      return view.frames() >= since + 3 && view.colour() === colour;
    });
  }

  /** Resolves when that source is loud (or, `false`, silent). */
  async receivesAudio(from: string, source: 'microphone' | 'screen-audio', isLoud = true): Promise<void> {
    await until(`${this.id} hears ${isLoud ? 'the' : 'no'} ${source} of ${from}`, () => {
      const track = this.track(from, source);
      if (!track) return !isLoud;
      return remember(this.#listened, track, () => listen(track, this.leaving.signal))() > 0.05 === isLoud;
    });
  }

  /** Frames of that source seen so far. */
  frames(from: string, source: 'camera' | 'screen'): number {
    const track = this.track(from, source);
    return track ? remember(this.#frameCounters, track, () => watch(track, this.leaving.signal)).frames() : 0;
  }
}

/** Resolves when `predicate` is true, asking often; rejects with what was waited for. */
export async function until(what: string, predicate: () => unknown, ms = 50_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await predicate())) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function remember<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
