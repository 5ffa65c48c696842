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

/**
 * A microphone that hears something like a sung vowel: harmonics of a gliding pitch, shaped by formants, in syllables. (A plain tone would
 * be taken for noise: RNNoise knows speech by its harmonics and by how they change.)
 */
export function voice(signal: AbortSignal): MediaStreamTrack {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  const length = audio.sampleRate * 4;
  const samples = new AudioBuffer({ length, sampleRate: audio.sampleRate });
  const channel = samples.getChannelData(0);
  const formants = [700, 1220, 2600];
  let phase = 0;
  for (let at = 0; at < length; at += 1) {
    const time = at / audio.sampleRate;
    const pitch = 130 + 25 * Math.sin(2 * Math.PI * time * 0.7) + 3 * Math.sin(2 * Math.PI * time * 5.5);
    phase += (2 * Math.PI * pitch) / audio.sampleRate;
    let sum = 0;
    for (let harmonic = 1; harmonic <= 25; harmonic += 1) {
      const strength = formants.reduce(
        (gain, formant) => gain + Math.exp(-(((harmonic * pitch - formant) / 160) ** 2)),
        0.05,
      );
      sum += (strength / Math.sqrt(harmonic)) * Math.sin(harmonic * phase);
    }
    const syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * time * 3.5);
    channel[at] = 0.12 * syllable * sum;
  }
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
