import { mediaPeersOf, sourcesOf, type ActiveCall } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { CallEncryption } from '../../domain/call/call-encryption.js';
import type { EncryptionReport } from './encryption-messages.js';

type Report = Exclude<EncryptionReport, { type: 'ready' }>;

/** What the reports of the worker say about a call. */
export class EncryptionMonitor {
  /** To whom encrypted frames went; `undefined`: to everyone. */
  readonly #sealed = new Set<ParticipantId | undefined>();
  /** By participant and source, what became of the frames. */
  readonly #received = new Map<ParticipantId, Map<string, 'opened' | 'failing'>>();

  add(report: Report): void {
    if (report.type === 'sealed') return void this.#sealed.add(report.peerId);
    const { participantId, source, type } = report;
    const sources = this.#received.get(participantId) ?? new Map<string, 'opened' | 'failing'>();
    this.#received.set(participantId, sources.set(source, type));
  }

  encryptionOf(call: ActiveCall): CallEncryption {
    const peers = mediaPeersOf(call).map(({ id }) => id);
    const has = (id: ParticipantId, what: 'opened' | 'failing'): boolean =>
      [...(this.#received.get(id)?.values() ?? [])].includes(what);
    const sends = (id: ParticipantId): boolean => sourcesOf(call, id).length > 0;
    const isSealedFor = (id: ParticipantId): boolean => this.#sealed.has(undefined) || this.#sealed.has(id);
    const undecryptable = peers.filter((id) => has(id, 'failing'));
    const encrypted =
      undecryptable.length === 0 &&
      peers.some((id) => has(id, 'opened')) &&
      peers.every((id) => has(id, 'opened') || !sends(id)) &&
      (!sends(call.selfId) || peers.every(isSealedFor));
    return { encrypted, undecryptable };
  }
}
