import { CallError, isCallErrorCode } from '../../domain/call-error.js';
import type { Ack, AnswerTo, ClientRequest, Failure } from '../../protocol/messages.js';
import { readAnswer } from '../../protocol/read-server-message.js';

interface PendingRequest {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: CallError) => void;
}

/** Requests waiting for their `ack`. Each is settled by its ack, its timeout, or `fail`. */
export class PendingRequests {
  readonly #send: (text: string) => void;
  readonly #pending = new Map<number, PendingRequest>();
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Sends a request. Rejects with the server's error, or with REQUEST_TIMED_OUT after `timeoutMs` ms. */
  async request<Request extends ClientRequest>(
    request: Request,
    timeoutMs: number,
  ): Promise<AnswerTo<Request['type']>> {
    const answer = await this.send(request, timeoutMs);
    return readAnswer(request.type, answer) as AnswerTo<Request['type']>;
  }

  /** The same for other protocols: the caller validates the answer. */
  send(request: { readonly type: string }, timeoutMs: number): Promise<unknown> {
    const id = ++this.#lastId;
    const response = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => this.#remove(id)?.reject(new CallError('REQUEST_TIMED_OUT')), timeoutMs);
      this.#pending.set(id, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
    this.#send(JSON.stringify({ ...request, id }));
    return response;
  }

  settle({ id, answer, error }: Ack): void {
    const pending = this.#remove(id);
    if (error) pending?.reject(toCallError(error));
    else pending?.resolve(answer);
  }

  /** Rejects all pending requests. */
  fail(error: CallError): void {
    for (const id of [...this.#pending.keys()]) this.#remove(id)?.reject(error);
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
