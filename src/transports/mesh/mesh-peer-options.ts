import type { Emitter } from '../../base/emitter.js';
import type { Peer, TransportContext, TransportEvents } from '../transport.js';
import type { DescriptionGate } from './description-gate.js';
import type { OutgoingMedia } from './connection/media-sections.js';
import type { SendConditions } from './connection/send-parameters.js';
import type { PreparedLink } from './connection/prepared-link.js';

export interface MeshPeerOptions {
  readonly peer: Peer;
  /** Whether this side makes the offers and numbers the epochs. */
  readonly initiator: boolean;
  readonly context: TransportContext;
  readonly events: Emitter<TransportEvents>;
  readonly outgoing: OutgoingMedia;
  /** A connection with an offer, if one is left. */
  readonly takePrepared: () => PreparedLink | undefined;
  readonly descriptions: Pick<DescriptionGate, 'offered' | 'done'>;
  readonly onIceRefused: (url: string) => void;
  /** Nothing arrives from this peer any more: the network of this page may have changed. */
  readonly onSilent: () => void;
  /** What all peers are sent. */
  readonly conditions: () => Omit<SendConditions, 'wantedHeight'>;
  /** The height (px) of the video that this client wants of the peer: 0 is none, Infinity the full size. */
  readonly wantedHeight: () => number;
}
