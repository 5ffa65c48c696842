/** A picture of one colour that never stands still; ends with `signal`. */
export function movingVideo(colour: string, signal: AbortSignal): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
  const pen = canvas.getContext('2d')!;
  let step = 0;
  const draw = (): void => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 160, 120);
    pen.fillStyle = 'white';
    pen.fillRect((step = (step + 7) % 150), 100, 10, 10);
  };
  draw();
  const timer = setInterval(draw, 60);
  const [track] = canvas.captureStream(15).getVideoTracks();
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    track!.stop();
  });
  return track!;
}

/** A sound that never stops; ends with `signal`. */
export function tone(signal: AbortSignal): MediaStreamTrack {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  const oscillator = audio.createOscillator();
  oscillator.connect(out);
  oscillator.start();
  const [track] = out.stream.getAudioTracks();
  signal.addEventListener('abort', () => {
    track!.stop();
    void audio.close();
  });
  return track!;
}

/** Plays a track on the page, as a tile would, and says what is to be seen. */
export function watch(
  track: MediaStreamTrack,
  signal: AbortSignal,
): { frames: () => number; colour: () => string } {
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  let frames = 0;
  const count = (): void => {
    frames += 1;
    if (!signal.aborted) video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  signal.addEventListener('abort', () => video.remove());
  return { frames: () => frames, colour: () => mainColour(video) };
}

/** How loud a track is: the root mean square of what is heard now. */
export function listen(track: MediaStreamTrack, signal: AbortSignal): () => number {
  // Chromium lets the sound of a connection flow only while an element plays it.
  const player = Object.assign(document.createElement('audio'), { muted: true, autoplay: true });
  player.srcObject = new MediaStream([track]);
  document.body.append(player);
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  signal.addEventListener('abort', () => {
    player.remove();
    void audio.close();
  });
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };
}

/** Which of red, green and blue is the strongest in the middle of the picture. */
function mainColour(video: HTMLVideoElement): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const pen = canvas.getContext('2d')!;
  pen.drawImage(video, 0, 0, 8, 8);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(4, 3, 1, 1).data;
  const most = Math.max(red, green, blue);
  if (most < 60) return 'black';
  return red === most ? 'red' : green === most ? 'green' : 'blue';
}
