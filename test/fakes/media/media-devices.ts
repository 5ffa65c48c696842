type Replaced = Partial<
  Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices' | 'getSupportedConstraints'>
>;

/** Lets the browser's media devices behave as told; returns how to put them back. */
export function replaceMediaDevices(replaced: Replaced): () => void {
  const undo = Object.entries(replaced).map(([name, value]) => replace(navigator.mediaDevices, name, value));
  return () => undo.forEach((restore) => restore());
}

/** Gives an object's property another value; returns how to put it back. */
export function replace(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

/** A device as `enumerateDevices` lists it. */
export function fakeDevice(kind: MediaDeviceKind, deviceId: string, label = deviceId): MediaDeviceInfo {
  const device = { kind, deviceId, label, groupId: `group of ${deviceId}` };
  return { ...device, toJSON: () => device };
}

/** A track of a picture that moves, of one colour. */
export function fakeVideoTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
  return canvas.captureStream(10).getVideoTracks()[0]!;
}

/** A track of a tone, and how to end it. */
export function fakeAudioTrack(frequency = 440, loudness = 1): MediaStreamTrack {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: loudness });
  const tone = new OscillatorNode(context, { frequency });
  const out = context.createMediaStreamDestination();
  tone.connect(gain).connect(out);
  tone.start();
  const track = out.stream.getAudioTracks()[0]!;
  const stop = track.stop.bind(track);
  track.stop = () => {
    stop();
    void context.close();
  };
  return track;
}
