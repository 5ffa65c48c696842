import type { IceCandidate, SignalData } from '../../../domain/signal-data.js';

/** Validates a signal and strips unknown members; `undefined` if invalid. */
export function parseSignal(data: unknown): SignalData | undefined {
  const { type, sdp, candidate } = fields(data);
  if ((type === 'offer' || type === 'answer') && typeof sdp === 'string' && sdp.startsWith('v=0'))
    return { type, sdp };
  if (type === 'rebuild') return { type };
  const parsed = type === 'candidate' ? parseCandidate(fields(candidate)) : undefined;
  return parsed && { type: 'candidate', candidate: parsed };
}

function parseCandidate({ candidate, sdpMid, sdpMLineIndex }: Fields): IceCandidate | undefined {
  if (typeof candidate !== 'string' || !candidate) return undefined;
  const mid = typeof sdpMid === 'string' ? sdpMid : null;
  const index = typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null;
  return mid === null && index === null ? undefined : { candidate, sdpMid: mid, sdpMLineIndex: index };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
