import SimplePeer from 'simple-peer';
import { log } from '../../../base/logger.js';
import type { OutgoingMedia } from './media-sections.js';
import { usableIceServers } from '../usable-ice-servers.js';

const logger = log('mesh');

export interface PeerOptions {
  readonly initiator: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly outgoing: Pick<OutgoingMedia, 'protect'>;
  /** The browser refused an ICE server URL; the connection goes on without it. */
  readonly onIceRefused: (url: string) => void;
}

/**
 * simple-peer destroys itself on the first `failed` state and on any rejected candidate. Here `ConnectionHealth` decides.
 * The bundle contains only the methods used here: see test/tools/build/simple-peer-slim.mjs.
 */
export class LenientPeer extends SimplePeer {
  override _maybeReady(): void {
    this._connected = this._pcReady && this._channelReady;
  }

  override _createOffer(): void {
    void this.#describe();
  }

  override _createAnswer(): void {
    void this.#describe();
  }

  override _onIceStateChange(): void {
    if (this._pc?.iceConnectionState !== 'failed') super._onIceStateChange();
  }

  override _addIceCandidate(candidate: RTCIceCandidateInit): void {
    this._pc
      ?.addIceCandidate(candidate)
      .catch((error: unknown) => logger.debug('ICE candidate rejected', error));
  }

  /** Without an argument, the browser creates and sets the description in one step. */
  async #describe(): Promise<void> {
    try {
      await this._pc?.setLocalDescription();
      this.announce();
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  /** Signals the local description, with the candidates gathered so far. Does nothing while there is none. */
  announce(): void {
    const description = this._pc?.localDescription;
    if (description && !this.destroyed) this.emit('signal', { type: description.type, sdp: description.sdp });
  }
}

/** Creates the peer. If the browser refuses the configuration, simple-peer has no connection instead of throwing. */
export function createPeer({ initiator, iceServers, outgoing, onIceRefused }: PeerOptions): LenientPeer {
  const withServers = (servers: RTCIceServer[]): LenientPeer =>
    new LenientPeer({
      initiator,
      // Pings are repeated anyway, so lost ones are not retransmitted.
      channelConfig: { ordered: false, maxRetransmits: 0 },
      // With the flag, Chromium lets no frame through before its transform is there, and feeds it also later.
      config: {
        iceServers: servers,
        bundlePolicy: 'max-bundle',
        encodedInsertableStreams: !!outgoing.protect,
      },
    });
  const peer = withServers([...iceServers]);
  if (peer._pc) return peer;
  peer.on('error', (error) => logger.debug('configuration refused', error));
  return withServers(usableIceServers(iceServers, onIceRefused));
}
