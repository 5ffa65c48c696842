import { log } from '../../../base/logger.js';
import type { TrackSource } from '../../../domain/call/call-state.js';
import { mediaSections, type OutgoingMedia } from './media-sections.js';
import { sendParameters } from './send-parameters.js';

const logger = log('mesh');

type Transceivers = readonly RTCRtpTransceiver[];

/** Of a connection whose lines are negotiated or being negotiated: they are told apart by their order. */
export function sourceOf(
  transceivers: Transceivers,
  transceiver: RTCRtpTransceiver,
): TrackSource | undefined {
  return mediaSections[transceivers.indexOf(transceiver)]?.source;
}

/** The tracks of the other side; they exist as soon as it is connected, silent or not. */
export function receivedTracks(transceivers: Transceivers): ReadonlyMap<TrackSource, MediaStreamTrack> {
  return new Map(
    mediaSections.flatMap(({ source }, index) => {
      const track = transceivers[index]?.receiver.track;
      return track ? [[source, track] as const] : [];
    }),
  );
}

/** Sends another track as `source`, or none. The browser keeps the order of the calls. */
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

/** Runs between the offer and the answer: what was offered both ways is answered both ways, tracks or not. */
export function answerSendRecv(transceivers: Transceivers, { tracks, streams }: OutgoingMedia): void {
  for (const [index, { source, group }] of mediaSections.entries()) {
    const transceiver = transceivers[index];
    if (!transceiver) return;
    transceiver.direction = 'sendrecv';
    transceiver.sender.setStreams?.(streams[group]);
    void replaceTrack(transceivers, source, tracks.get(source) ?? null);
  }
}

/** For whom is encoded. */
export interface SendConditions {
  /** The number of others in the call. */
  readonly peers: number;
  /** Whether this one looks at pictures. */
  readonly videoWanted: boolean;
}

/** Encodes as befits the number of others in the call; no picture for who does not look. */
export async function tuneSenders(
  transceivers: Transceivers,
  { peers, videoWanted }: SendConditions,
): Promise<void> {
  for (const [index, { source, kind }] of mediaSections.entries()) {
    const sender = transceivers[index]?.sender;
    const parameters = sender?.getParameters();
    const [encodingParameters] = parameters?.encodings ?? [];
    if (!sender || !parameters || !encodingParameters) continue;
    const { encoding, ...rest } = sendParameters(source, peers);
    Object.assign(encodingParameters, encoding, kind === 'video' && { active: videoWanted });
    await sender
      .setParameters(Object.assign(parameters, rest))
      .catch((error: unknown) => logger.debug('setParameters rejected', source, error));
  }
}
