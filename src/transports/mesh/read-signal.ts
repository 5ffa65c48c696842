import type { IceCandidate, SignalData } from '../../domain/signal-data.js';

/** What may pass between two peers, stripped to its known members; `undefined` for everything else, whoever says it. */
export function readSignal(data: unknown): SignalData | undefined {
  const { type, sdp, candidate } = fields(data);
  if ((type === 'offer' || type === 'answer') && typeof sdp === 'string' && sdp.startsWith('v=0'))
    return { type, sdp };
  if (type === 'rebuild') return { type };
  const read = type === 'candidate' ? readCandidate(fields(candidate)) : undefined;
  return read && { type: 'candidate', candidate: read };
}

function readCandidate({ candidate, sdpMid, sdpMLineIndex }: Fields): IceCandidate | undefined {
  if (typeof candidate !== 'string' || !candidate) return undefined;
  const mid = typeof sdpMid === 'string' ? sdpMid : null;
  const line = typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null;
  return mid === null && line === null ? undefined : { candidate, sdpMid: mid, sdpMLineIndex: line };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
