import { initialParticipantState, type ParticipantState } from '../domain/call/participant.js';
import { protocolVersion } from './protocol-version.js';

/**
 * A join in the handshake of the WebSocket saves a round trip. Browsers let a page set a single header of it, the names of
 * subprotocols (RFC 6455, section 4.1): the protocol with its version, which the server selects, then the token, then
 * what differs from the state of most who join. A URL would end up in the logs of servers.
 */
const name = 'cometchat-call.';

const flags = { 'audio-muted': 'audioMuted', 'video-paused': 'videoPaused' } as const;
const flagNames = Object.keys(flags) as (keyof typeof flags)[];

/** Proxies often accept no more than 8 kB for all headers together. */
const maxTokenLength = 4000;

/** The request id of a join in the handshake. */
export const earlyJoinId = 1;

/** The subprotocols of a join; `undefined` if a message must carry it. */
export function earlyJoinProtocols(token: string, state: ParticipantState): readonly string[] | undefined {
  const set = flagNames.filter((flag) => state[flags[flag]]);
  const isOrdinary = JSON.stringify(stateOf(set)) === JSON.stringify(state);
  const fits = /^[\w.-]+$/.test(token) && token.length <= maxTokenLength;
  return fits && isOrdinary ? [`${name}${protocolVersion}`, token, ...set] : undefined;
}

/** Whether the server selected the protocol, and so has read the join. */
export function isEarlyJoin(protocol: string): boolean {
  return protocol.startsWith(name);
}

/** The `join` message in the value of a `Sec-WebSocket-Protocol` header; `undefined` without one. */
export function readEarlyJoin(header = ''): string | undefined {
  const [protocol = '', token, ...rest] = header.split(',').map((each) => each.trim());
  if (!isEarlyJoin(protocol) || !token) return undefined;
  const state = stateOf(flagNames.filter((flag) => rest.includes(flag)));
  const version = Number(protocol.slice(name.length));
  return JSON.stringify({ type: 'join', id: earlyJoinId, protocol: version, token, state });
}

function stateOf(set: readonly (keyof typeof flags)[]): ParticipantState {
  return { ...initialParticipantState, ...Object.fromEntries(set.map((flag) => [flags[flag], true])) };
}
