/** A picture that moves all the time: one colour, with a small clock hand in its middle. */
export function movingVideo(colour: string, signal: AbortSignal): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const context = canvas.getContext('2d')!;
  let turn = 0;
  const paint = (): void => {
    context.fillStyle = colour;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#808080';
    context.fillRect(150 + 5 * Math.cos((turn += 0.3)), 85 + 5 * Math.sin(turn), 10, 10);
  };
  paint();
  const timer = setInterval(paint, 40);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return canvas.captureStream(25);
}

/** The name of the nearest of the pure colours. */
export function nameOfColour([red = 0, green = 0, blue = 0]: ArrayLike<number> & Iterable<number>): string {
  const bright = [red, green, blue].map((part) => (part > 128 ? 1 : 0)).join('');
  return (
    { '100': 'red', '010': 'green', '001': 'blue', '110': 'yellow', '000': 'dark', '111': 'white' }[bright] ??
    bright
  );
}
