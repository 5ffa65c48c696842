/** A microphone that hears nothing but a steady hiss; ends with `signal`. */
export function whiteNoise(signal: AbortSignal): MediaStreamTrack {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  const samples = new AudioBuffer({ length: audio.sampleRate * 2, sampleRate: audio.sampleRate });
  const channel = samples.getChannelData(0);
  for (let at = 0; at < channel.length; at += 1) channel[at] = (Math.random() * 2 - 1) * 0.1;
  const source = new AudioBufferSourceNode(audio, { buffer: samples, loop: true });
  source.connect(out);
  source.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('There is no sound to make.');
  signal.addEventListener('abort', () => {
    track.stop();
    void audio.close();
  });
  return track;
}
