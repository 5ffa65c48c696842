import { parse } from './parse-message.js';
import {
  ringRequest,
  ringServerMessage,
  type RingRequestMessage,
  type RingServerMessage,
} from './ring-messages.js';

/** Reads a device's request about ringing; throws as the readers of other messages do. */
export function parseRingRequest(text: string): RingRequestMessage {
  return parse(ringRequest, text);
}

/** The same for what the server says about ringing. */
export function parseRingServerMessage(text: string): RingServerMessage {
  return parse(ringServerMessage, text);
}
