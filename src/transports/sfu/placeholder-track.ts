export interface Placeholder {
  readonly track: MediaStreamTrack;
  readonly end: () => void;
}

/** A black or silent track of the same kind, and the same size: LiveKit derives the simulcast layers from it. */
export function placeholderFor(track: MediaStreamTrack): Placeholder {
  return track.kind === 'audio' ? silence() : black(track.getSettings());
}

function silence(): Placeholder {
  // The track of a receiver without a connection: silent, and unlike an AudioContext it needs no user activation.
  const connection = new RTCPeerConnection();
  const { track } = connection.addTransceiver('audio').receiver;
  return { track, end: () => connection.close() };
}

function black({ width = 1280, height = 720 }: MediaTrackSettings): Placeholder {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (!track) throw new TypeError('A canvas has no video track.');
  return { track, end: () => track.stop() };
}
