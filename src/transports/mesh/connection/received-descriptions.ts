/** The descriptions of the peer in one connection, told apart by their ICE credentials: a restart has new ones (RFC 8839, section 4.4.3). */
export class ReceivedDescriptions {
  /** Newest last. */
  readonly #fragments: string[] = [];

  get isEmpty(): boolean {
    return this.#fragments.length === 0;
  }

  /** Adds a description. Returns whether it is new, the same as the newest one, or an older one that arrived late. */
  add(sdp: string): 'new' | 'repeated' | 'old' {
    const fragment = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '';
    if (fragment === this.#fragments.at(-1)) return 'repeated';
    if (this.#fragments.includes(fragment)) return 'old';
    this.#fragments.push(fragment);
    return 'new';
  }
}

/**
 * Whether an ICE restart keeps the media of a connection. Where Chromium offers and Firefox answers, the second or third one stops it
 * (measured with Chromium 156 and Firefox 153, also without simple-peer), so such a connection is rebuilt instead.
 */
export function survivesIceRestart(offer: string, answer: string): boolean {
  return isOfFirefox(offer) || !isOfFirefox(answer);
}

function isOfFirefox(sdp: string): boolean {
  return /^o=mozilla/m.test(sdp);
}
