import { Emitter } from '../../../base/emitter.js';
import type { LinkState, TrackSource } from '../../../domain/call/call-state.js';
import type { ParticipantId } from '../../../domain/call/participant.js';
import type { KeySignal, SignalData } from '../../../domain/signal-data.js';
import type { TransportGrant } from '../../../domain/call/transport-grant.js';
import type {
  Transport,
  TransportContext,
  TransportEvents,
  TransportFactory,
  TransportSignaling,
} from '../../../transports/transport.js';

/** A signal as the server relays it. */
export interface IncomingSignal {
  readonly from: ParticipantId;
  readonly epoch: number;
  readonly data: SignalData;
}

/** A signal, or what concerns the encryption, whichever the transport. */
export type RelayedSignal = Omit<IncomingSignal, 'data'> & { readonly data: SignalData | KeySignal };

/** A grant, and the generation of the call's transport to which it belongs. */
export type NumberedGrant = TransportGrant & { readonly generation: number };

/** On the wire, the epochs of each generation follow those of the one before: a late signal reaches no later transport. */
const epochsPerGeneration = 2 ** 20;

export function generationOf({ epoch }: Pick<IncomingSignal, 'epoch'>): number {
  return Math.floor(epoch / epochsPerGeneration);
}

export function trackKey(id: ParticipantId, source: TrackSource): string {
  return `${source} ${id}`;
}

interface OpenTransportOptions extends Pick<TransportContext, 'selfId' | 'selfOrder' | 'encryption'> {
  readonly grant: NumberedGrant;
  readonly renewGrant: () => Promise<NumberedGrant>;
  readonly sendSignal: TransportSignaling['send'];
  readonly signal: AbortSignal;
}

/** One transport of the call, with what it has reported. While the call moves to another transport, two are open. */
export class OpenTransport {
  readonly transport: Transport;
  readonly generation: number;
  /** The latest track of each participant and source. See `trackKey`. */
  readonly tracks = new Map<string, MediaStreamTrack | null>();
  readonly links = new Map<ParticipantId, LinkState>();
  readonly #lifetime = new AbortController();
  readonly #signals: TransportSignaling['events'] = new Emitter();
  #grant: NumberedGrant;

  constructor(create: TransportFactory, { grant, sendSignal, renewGrant, ...options }: OpenTransportOptions) {
    this.#grant = grant;
    this.generation = grant.generation;
    options.signal.addEventListener('abort', () => this.close(), { signal: this.signal });
    if (options.signal.aborted) this.close();
    const send: TransportSignaling['send'] = (to, epoch, data) =>
      sendSignal(to, this.generation * epochsPerGeneration + epoch, data);
    this.transport = create({
      selfId: options.selfId,
      selfOrder: options.selfOrder,
      encryption: options.encryption,
      signaling: { events: this.#signals, send },
      grant: () => this.#grant,
      renewGrant: async () => {
        this.renew(await renewGrant());
        return this.#grant;
      },
      signal: this.signal,
    });
    const { events } = this.transport;
    events.on('track', ({ id, source, track }) => this.tracks.set(trackKey(id, source), track), this);
    events.on('link', ({ id, state }) => this.links.set(id, state), this);
  }

  /** Aborted when this transport is closed. */
  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }

  on<Name extends keyof TransportEvents>(name: Name, handle: (detail: TransportEvents[Name]) => void): void {
    this.transport.events.on(name, handle, this);
  }

  /** Replaces the grant, because credentials expire. One of another generation is ignored. */
  renew(grant: NumberedGrant): void {
    if (grant.generation === this.generation) this.#grant = grant;
  }

  receive({ from, epoch, data }: IncomingSignal): void {
    this.#signals.emit('signal', { from, epoch: epoch % epochsPerGeneration, data });
  }

  close(): void {
    this.#lifetime.abort();
  }
}
