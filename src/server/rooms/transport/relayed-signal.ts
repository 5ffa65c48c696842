import type { ClientMessage } from '../../../protocol/messages.js';

type Signal = Extract<ClientMessage, { type: 'signal' }>;

/**
 * A signal as its receiver gets it. Its data is most of it, so it is cut out of the valid `text` that it came in, where that
 * has the form in which our clients send it; to serialize it anew takes as long as everything else that relaying does. What a
 * client adds after its data is read by nobody: of members with the same name the last one counts, and those are ours.
 */
export function relayedSignal(from: string, { id, to, epoch, data }: Signal, text: string): string {
  const head = `{"id":${id},"ack":"on-failure","type":"signal","to":"${to}","epoch":${epoch},"data":`;
  return text.startsWith(head) && text.endsWith('}')
    ? `{"data":${text.slice(head.length, -1)},"type":"signal","from":"${from}","epoch":${epoch}}`
    : JSON.stringify({ type: 'signal', from, epoch, data });
}
