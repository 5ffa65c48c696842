import type { TrackSource } from '../../../src/domain/call/call-state.js';
import type { ParticipantId } from '../../../src/domain/call/participant.js';
import type { CallMedia, Levels } from '../../../src/ui/view/call-media.js';

/** Streams painted on canvases, and levels a test sets. */
export class FakeCallMedia implements CallMedia {
  sinkId = '';
  /** Participants without any stream. */
  readonly missing = new Set<ParticipantId>();
  readonly #streams = new Map<string, MediaStream>();
  readonly #handlers = new Set<(levels: Levels) => void>();

  streamOf(id: ParticipantId, source: TrackSource): MediaStream | null {
    if (this.missing.has(id)) return null;
    const key = `${id} ${source}`;
    const stream = this.#streams.get(key) ?? this.#make(id, source);
    this.#streams.set(key, stream);
    return stream;
  }

  onLevels(handle: (levels: Levels) => void, { signal }: { readonly signal: AbortSignal }): void {
    this.#handlers.add(handle);
    signal.addEventListener('abort', () => this.#handlers.delete(handle), { once: true });
  }

  get listeners(): number {
    return this.#handlers.size;
  }

  setLevels(levels: Readonly<Record<ParticipantId, number>>): void {
    for (const handle of this.#handlers) handle(new Map(Object.entries(levels)));
  }

  #make(id: ParticipantId, source: TrackSource): MediaStream {
    if (source === 'microphone' || source === 'screen-audio') return new MediaStream();
    const canvas = document.createElement('canvas');
    const upright = id.endsWith('3');
    [canvas.width, canvas.height] = source === 'screen' ? [1280, 800] : upright ? [480, 640] : [640, 360];
    const paint = source === 'screen' ? paintScreen : paintPerson;
    paint(canvas, Number(id.slice(1) || 0));
    const stream = canvas.captureStream(10);
    // A canvas that does not change sends no frames.
    const timer = setInterval(() => {
      if (stream.getTracks().every(({ readyState }) => readyState === 'ended')) clearInterval(timer);
      paint(canvas, Number(id.slice(1) || 0));
    }, 200);
    return stream;
  }
}

/** Somebody in front of a wall, so that cropping and labels can be judged. */
function paintPerson(canvas: HTMLCanvasElement, index: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const hue = (index * 67 + 200) % 360;
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, `hsl(${hue} 32% 72%)`);
  wall.addColorStop(1, `hsl(${hue + 30} 28% 42%)`);
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${hue + 20} 25% 85% / 0.35)`;
  context.fillRect(width * 0.08, height * 0.12, width * 0.2, height * 0.42);
  const x = width / 2;
  const size = Math.min(width * 0.62, height) * 0.5;
  context.fillStyle = `hsl(${(hue + 150) % 360} 38% 34%)`;
  context.beginPath();
  context.ellipse(x, height * 1.06, size * 0.95, size * 0.78, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = `hsl(${22 + (index % 4) * 4} ${45 - (index % 3) * 8}% ${72 - (index % 5) * 11}%)`;
  context.fillRect(x - size * 0.16, height * 0.52, size * 0.32, size * 0.4);
  context.beginPath();
  context.ellipse(x, height * 0.42, size * 0.38, size * 0.48, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = `hsl(${(index * 40) % 60} 25% ${14 + (index % 4) * 9}%)`;
  context.beginPath();
  context.ellipse(x, height * 0.42 - size * 0.24, size * 0.42, size * 0.3, 0, Math.PI, 0);
  context.fill();
}

function paintScreen(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  context.fillStyle = '#fdfdfc';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#24345c';
  context.fillRect(0, 0, width, 64);
  context.fillStyle = '#dfe4ee';
  context.fillRect(0, 64, 220, height - 64);
  for (let row = 0; row < 9; row++) {
    context.fillStyle = row % 3 === 0 ? '#5271b8' : '#b8c2d6';
    context.fillRect(280, 130 + row * 66, 420 + ((row * 137) % 430), 22);
  }
}
