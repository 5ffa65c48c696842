import { Emitter } from '../../../src/base/emitter.js';
import type { ParticipantId } from '../../../src/domain/call/participant.js';
import type { SignalData } from '../../../src/domain/signal-data.js';
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
  /** Nobody can reach these, and the senders are told so. */
  readonly unreachable = new Set<ParticipantId>();
  readonly #inboxes = new Map<ParticipantId, Inbox>();
  #orders = 0;

  /** A place in the call; of two, the later one makes the offer. */
  context(id: ParticipantId, signal: AbortSignal, order = (this.#orders += 1)): TransportContext {
    const events: Inbox = new Emitter();
    this.#inboxes.set(id, events);
    const send = async (to: ParticipantId, epoch: number, data: SignalData): Promise<boolean> => {
      const said = { from: id, to, epoch, data: JSON.parse(JSON.stringify(data)) as SignalData };
      const refused = signal.aborted || this.unreachable.has(to) || this.unreachable.has(id);
      if (refused) this.refused.push(said);
      else this.#pass(said);
      return !refused;
    };
    return { selfId: id, selfOrder: order, signaling: { events, send }, iceServers: () => [], signal };
  }

  /** Says something in somebody's name, true or not. */
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
