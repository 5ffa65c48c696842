import { parse } from './parse-message.js';
import {
  ringRequest,
  ringServerMessage,
  type RingRequestMessage,
  type RingServerMessage,
} from './ring-messages.js';

/** Parses a device's ring request. Throws like `parseClientMessage`. */
export function parseRingRequest(text: string): RingRequestMessage {
  return parse(ringRequest, text);
}

/** Parses a ring message of the server. Throws like `parseClientMessage`. */
export function parseRingServerMessage(text: string): RingServerMessage {
  return parse(ringServerMessage, text);
}
