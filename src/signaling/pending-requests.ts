import { CallError, isCallErrorCode } from '../domain/call-error.js';
import type { Ack, AnswerTo, ClientRequest, Failure } from '../protocol/messages.js';
import { readAnswer } from '../protocol/read-server-message.js';

interface Waiting {
  readonly answer: (answer: unknown) => void;
  readonly refuse: (error: CallError) => void;
}

/** Requests that were sent and wait for their `ack`; each is settled by it, by its time-out, or by `fail`. */
export class PendingRequests {
  readonly #send: (text: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Sends at once; rejects with REQUEST_TIMED_OUT after `within` ms. */
  async ask<Request extends ClientRequest>(
    request: Request,
    within: number,
  ): Promise<AnswerTo<Request['type']>> {
    const answer = await this.send(request, within);
    return readAnswer(request.type, answer) as AnswerTo<Request['type']>;
  }

  /** The same for requests of another protocol: the answer is for the caller to read. */
  send(request: { readonly type: string }, within: number): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise<unknown>((answer, refuse) => {
      const timer = setTimeout(() => this.#take(id)?.refuse(new CallError('REQUEST_TIMED_OUT')), within);
      this.#waiting.set(id, {
        answer: (value) => {
          clearTimeout(timer);
          answer(value);
        },
        refuse: (error) => {
          clearTimeout(timer);
          refuse(error);
        },
      });
    });
    this.#send(JSON.stringify({ ...request, id }));
    return answered;
  }

  settle({ id, answer, error }: Ack): void {
    const waiting = this.#take(id);
    if (error) waiting?.refuse(failureAsError(error));
    else waiting?.answer(answer);
  }

  /** Rejects all that wait. */
  fail(error: CallError): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.refuse(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

/** What the server says went wrong; a newer server may have words this client does not know. */
export function failureAsError({ code, message, details }: Failure): CallError {
  return isCallErrorCode(code)
    ? new CallError(code, { message, details })
    : new CallError('INTERNAL', { message, details: { code, details } });
}
