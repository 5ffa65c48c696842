import { iceServersOf } from '../usable-ice-servers.js';
import type { TransportContext } from '../../transport.js';
import type { OutgoingMedia } from './media-sections.js';
import { PeerLink } from './peer-link.js';

/** Those who use the link; unknown until it is taken. */
interface LinkOwner {
  readonly wantedHeight: () => number;
  /** Aborting closes the connection. */
  readonly signal: AbortSignal;
}

interface PreparedLinkOptions {
  readonly initiator: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly onIceRefused: (url: string) => void;
  readonly outgoing: OutgoingMedia;
  /** Aborting closes the connection if it has not been taken. */
  readonly signal: AbortSignal;
}

/**
 * A connection that is made before it is needed: by the newcomer while its socket opens, with the offer, and by the others
 * while the offer is on its way.
 */
export class PreparedLink {
  readonly #link: PeerLink;
  readonly #lifetime = new AbortController();
  #owner: LinkOwner | undefined;
  readonly #options: PreparedLinkOptions;

  constructor(options: PreparedLinkOptions) {
    this.#options = options;
    this.#endWith(options.signal);
    this.#link = new PeerLink({
      ...options,
      wantedHeight: () => this.#owner?.wantedHeight() ?? Infinity,
      signal: this.#lifetime.signal,
    });
  }

  /** Hands the connection over; `undefined` if it was closed meanwhile. The owner subscribes, then calls `announce`. */
  take(owner: LinkOwner): PeerLink | undefined {
    this.#owner = owner;
    this.#endWith(owner.signal);
    if (this.#link.connection !== 'new') return undefined;
    // Tracks that were opened since.
    for (const [source, track] of this.#options.outgoing.tracks)
      if (track) void this.#link.send(source, track);
    return this.#link;
  }

  close(): void {
    this.#lifetime.abort();
  }

  #endWith(signal: AbortSignal): void {
    if (signal.aborted) return this.close();
    signal.addEventListener('abort', () => this.close(), { once: true, signal: this.#lifetime.signal });
  }
}

/** Prepares for a newcomer's offer, which is on its way: creating a connection takes about as long. */
export function prepareAnswer({
  context,
  outgoing,
  onIceRefused,
}: Pick<PreparedLinkOptions, 'outgoing' | 'onIceRefused'> & {
  readonly context: TransportContext;
}): PreparedLink {
  const { signal } = context;
  return new PreparedLink({
    initiator: false,
    outgoing,
    iceServers: iceServersOf(context.grant()),
    onIceRefused,
    signal,
  });
}
