import { CallError, isCallErrorCode } from '../../domain/call-error.js';
import type { Ack, AnswerTo, ClientRequest, Failure } from '../../protocol/messages.js';
import { readAnswer } from '../../protocol/read-server-message.js';

interface PendingRequest {
  /** The answer to a later request confirms it. */
  readonly isSignal: boolean;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: CallError) => void;
}

/**
 * Requests waiting for their `ack`. Each is settled by its ack, its timeout, or `fail`. The server answers signals, which
 * are most of the traffic, only if it cannot deliver them; it handles requests in order, so a later ack confirms them.
 */
export class PendingRequests {
  readonly #send: (text: string) => void;
  readonly #pending = new Map<number, PendingRequest>();
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /**
   * Sends a request. Rejects with the server's error, or with REQUEST_TIMED_OUT after `timeoutMs` ms. `isSent`: the
   * handshake has carried it, as the first one.
   */
  async request<Request extends ClientRequest>(
    request: Request,
    timeoutMs: number,
    isSent = false,
  ): Promise<AnswerTo<Request['type']>> {
    const answer =
      request.type === 'signal' ? await this.#signal(request) : await this.send(request, timeoutMs, isSent);
    return readAnswer(request.type, answer) as AnswerTo<Request['type']>;
  }

  /** The same for other protocols: the caller validates the answer. */
  send(request: { readonly type: string }, timeoutMs: number, isSent = false): Promise<unknown> {
    const timer = setTimeout(() => this.#remove(id)?.reject(new CallError('REQUEST_TIMED_OUT')), timeoutMs);
    const { id, response } = this.#add({ isSignal: false, settled: () => clearTimeout(timer) });
    if (!isSent) this.#send(JSON.stringify({ ...request, id }));
    return response;
  }

  settle({ id, answer, error }: Ack): void {
    this.#confirmSignalsBefore(id);
    const pending = this.#remove(id);
    if (error) pending?.reject(toCallError(error));
    else pending?.resolve(answer);
  }

  /** Rejects all pending requests. */
  fail(error: CallError): void {
    for (const id of [...this.#pending.keys()]) this.#remove(id)?.reject(error);
  }

  /** Has no timeout: the next ping confirms it, or ends the connection. The data comes last: the server relays it as it is. */
  #signal(request: ClientRequest): Promise<unknown> {
    const { id, response } = this.#add({ isSignal: true });
    this.#send(JSON.stringify({ id, ack: 'on-failure', ...request }));
    return response;
  }

  #add({ isSignal, settled }: { readonly isSignal: boolean; readonly settled?: () => void }) {
    const id = ++this.#lastId;
    const response = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { isSignal, resolve, reject });
    }).finally(settled);
    return { id, response };
  }

  #confirmSignalsBefore(id: number): void {
    for (const [earlier, { isSignal, resolve }] of this.#pending) {
      if (earlier >= id) return;
      if (!isSignal) continue;
      this.#pending.delete(earlier);
      resolve({ delivered: true });
    }
  }

  #remove(id: number): PendingRequest | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

/** Converts a failure of the server. Codes of a newer server become INTERNAL, with the code in `details`. */
export function toCallError({ code, message, details }: Failure): CallError {
  return isCallErrorCode(code)
    ? new CallError(code, { message, details })
    : new CallError('INTERNAL', { message, details: { code, details } });
}
