import { log } from '../../../base/logger.js';
import type { TrackSource } from '../../../domain/call/call-state.js';
import { mediaSections, type OutgoingMedia } from './media-sections.js';
import { sendParameters, type SendConditions } from './send-parameters.js';

const logger = log('mesh');

type Transceivers = readonly RTCRtpTransceiver[];

/** The source of a transceiver, by its index. Valid from the start of the negotiation. */
export function sourceOf(
  transceivers: Transceivers,
  transceiver: RTCRtpTransceiver,
): TrackSource | undefined {
  return mediaSections[transceivers.indexOf(transceiver)]?.source;
}

/** The remote tracks. All exist once connected, whether or not media arrives. */
export function receivedTracks(transceivers: Transceivers): ReadonlyMap<TrackSource, MediaStreamTrack> {
  return new Map(
    mediaSections.flatMap(({ source }, index) => {
      const track = transceivers[index]?.receiver.track;
      return track ? [[source, track] as const] : [];
    }),
  );
}

/** Replaces the sent track of `source`. The browser applies the calls in order. Never rejects. */
export async function replaceTrack(
  transceivers: Transceivers,
  source: TrackSource,
  track: MediaStreamTrack | null,
): Promise<void> {
  const index = mediaSections.findIndex((section) => section.source === source);
  try {
    await transceivers[index]?.sender.replaceTrack(track);
  } catch (error) {
    logger.warn('replaceTrack rejected', source, error);
  }
}

/** Sets all transceivers to `sendrecv` between offer and answer, with or without tracks, so no renegotiation follows. */
export function answerSendRecv(transceivers: Transceivers, outgoing: OutgoingMedia): void {
  const { tracks, streams } = outgoing;
  protectAll(transceivers, outgoing);
  for (const [index, { source, group }] of mediaSections.entries()) {
    const transceiver = transceivers[index];
    if (!transceiver) return;
    transceiver.direction = 'sendrecv';
    transceiver.sender.setStreams?.(streams[group]);
    void replaceTrack(transceivers, source, tracks.get(source) ?? null);
  }
}

/** Encryption must be there before the negotiation: later, Chromium would send in the clear. */
export function protectAll(transceivers: Transceivers, { protect }: OutgoingMedia): void {
  for (const [index, { source }] of mediaSections.entries()) {
    const transceiver = transceivers[index];
    if (transceiver) protect?.(transceiver, source);
  }
}

/** Sets the encodings of all senders. */
export async function tuneSenders(transceivers: Transceivers, conditions: SendConditions): Promise<void> {
  for (const [index, { source }] of mediaSections.entries()) {
    const sender = transceivers[index]?.sender;
    const parameters = sender?.getParameters();
    const [encodingParameters] = parameters?.encodings ?? [];
    if (!sender || !parameters || !encodingParameters) continue;
    const { encoding, ...rest } = sendParameters(source, conditions, sender.track);
    Object.assign(encodingParameters, encoding);
    await sender
      .setParameters(Object.assign(parameters, rest))
      .catch((error: unknown) => logger.debug('setParameters rejected', source, error));
  }
}
