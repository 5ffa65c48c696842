import { Emitter } from '../../../src/base/emitter.js';
import type { ParticipantId } from '../../../src/domain/call/participant.js';
import type { SignalData } from '../../../src/domain/signal-data.js';
import type { TransportGrant } from '../../../src/domain/call/transport-grant.js';
import type { TransportContext } from '../../../src/transports/transport.js';

export interface HubSignal {
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly epoch: number;
  readonly data: SignalData;
}

type Inbox = Emitter<{ signal: { from: ParticipantId; epoch: number; data: SignalData } }>;

/** Connects the transports of one page as the server would, and loses, delays, reorders or repeats on demand. */
export class SignalingHub {
  /** Everything that was ever said. */
  readonly sent: HubSignal[] = [];
  /** What could not be delivered. */
  readonly refused: HubSignal[] = [];
  /** After how many ms the copies of a signal arrive: `[0]` as it should be, `[]` lost, `[0, 0]` twice. */
  outcome: (signal: HubSignal, index: number) => readonly number[] = () => [0];
  /** These cannot be reached, and the senders receive an error. */
  readonly unreachable = new Set<ParticipantId>();
  /** What the server grants to each participant: the mesh by default. */
  readonly grants = new Map<ParticipantId, TransportGrant>();
  readonly #inboxes = new Map<ParticipantId, Inbox>();
  #orders = 0;

  /** A place in the call; of two, the later one makes the offer. */
  context(id: ParticipantId, signal: AbortSignal, order = (this.#orders += 1)): TransportContext {
    const events: Inbox = new Emitter();
    this.#inboxes.set(id, events);
    const send = async (to: ParticipantId, epoch: number, data: SignalData): Promise<boolean> => {
      const message = { from: id, to, epoch, data: JSON.parse(JSON.stringify(data)) as SignalData };
      const refused = signal.aborted || this.unreachable.has(to) || this.unreachable.has(id);
      if (refused) this.refused.push(message);
      else this.#pass(message);
      return !refused;
    };
    const grant = this.grants.get(id) ?? { transport: 'mesh', iceServers: [] };
    return {
      selfId: id,
      selfOrder: order,
      signaling: { events, send },
      grant: () => grant,
      renewGrant: () => Promise.resolve(grant),
      signal,
    };
  }

  /** Sends a message in the name of a participant, true or not. */
  send(signal: Omit<HubSignal, 'data'> & { readonly data: unknown }): void {
    this.#deliver(signal as HubSignal);
  }

  #pass(signal: HubSignal): void {
    this.sent.push(signal);
    for (const delay of this.outcome(signal, this.sent.length - 1))
      setTimeout(() => this.#deliver(signal), delay);
  }

  #deliver({ from, to, epoch, data }: HubSignal): void {
    this.#inboxes.get(to)?.emit('signal', { from, epoch, data });
  }
}
