import type { IceCandidate, SignalData } from '../../../domain/signal-data.js';

/** No single connection has more candidates. */
export const maxCandidates = 100;

/** Validates a signal and strips unknown members; `undefined` if invalid. */
export function parseSignal(data: unknown): SignalData | undefined {
  const { type, sdp, candidates } = fields(data);
  if ((type === 'offer' || type === 'answer') && typeof sdp === 'string' && sdp.startsWith('v=0'))
    return { type, sdp };
  if (type === 'rebuild' || type === 'restart') return { type };
  if (type !== 'candidates' || !Array.isArray(candidates)) return undefined;
  const parsed = candidates.slice(0, maxCandidates).flatMap((each) => parseCandidate(each) ?? []);
  return parsed.length > 0 ? { type, candidates: parsed } : undefined;
}

/** Validates a candidate and strips unknown members; `undefined` if invalid, or the end of candidates. */
export function parseCandidate(data: unknown): IceCandidate | undefined {
  const { candidate, sdpMid, sdpMLineIndex } = fields(data);
  if (typeof candidate !== 'string' || !candidate) return undefined;
  const mid = typeof sdpMid === 'string' ? sdpMid : null;
  const index = typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null;
  return mid === null && index === null ? undefined : { candidate, sdpMid: mid, sdpMLineIndex: index };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
