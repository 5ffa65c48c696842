import type { RecordingTile } from './recording-tile.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const colours = { tile: '#20242c', letters: '#ffffff', label: 'rgb(0 0 0 / 60%)' } as const;
const fontFamily = 'system-ui, sans-serif';

/** Draws one tile: the video, or the initials without video, and the name. */
export function paintTile(
  context: CanvasRenderingContext2D,
  tile: RecordingTile,
  video: HTMLVideoElement | undefined,
): void {
  const box = boxOf(tile, context.canvas);
  context.fillStyle = colours.tile;
  context.fillRect(box.x, box.y, box.width, box.height);
  if (video && hasFrame(video)) paintVideo(context, tile, box, video);
  else paintAvatar(context, tile, box);
  if (tile.name) paintName(context, tile.name, box);
}

/** Whether a video element has something to draw. */
function hasFrame(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

function paintVideo(
  context: CanvasRenderingContext2D,
  { fit, mirrored }: RecordingTile,
  box: Box,
  video: HTMLVideoElement,
): void {
  const from = { x: 0, y: 0, width: video.videoWidth, height: video.videoHeight };
  const source = fit === 'cover' ? largestWithin(from, box.width / box.height) : from;
  const target = fit === 'cover' ? box : largestWithin(box, from.width / from.height);
  context.save();
  if (mirrored) context.setTransform(-1, 0, 0, 1, target.x * 2 + target.width, 0);
  context.drawImage(
    video,
    source.x,
    source.y,
    source.width,
    source.height,
    target.x,
    target.y,
    target.width,
    target.height,
  );
  context.restore();
}

function paintAvatar(context: CanvasRenderingContext2D, tile: RecordingTile, box: Box): void {
  const radius = Math.min(box.width, box.height) * 0.22;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  context.fillStyle = tile.colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = colours.letters;
  context.font = `600 ${Math.round(radius * 0.8)}px ${fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(tile.avatarInitials, x, y, radius * 1.8);
}

function paintName(context: CanvasRenderingContext2D, name: string, box: Box): void {
  const size = Math.round(Math.min(24, Math.max(11, box.height * 0.06)));
  const padding = size * 0.5;
  context.font = `500 ${size}px ${fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const width = Math.min(context.measureText(name).width, box.width - 4 * padding);
  const y = box.y + box.height - padding - size;
  context.fillStyle = colours.label;
  context.fillRect(box.x + padding, y - size * 0.2, width + 2 * padding, size * 1.4);
  context.fillStyle = colours.letters;
  context.fillText(name, box.x + 2 * padding, y + size / 2, width);
}

/** The largest centred box with the aspect ratio `ratio` that fits into `box`. */
function largestWithin(box: Box, ratio: number): Box {
  const width = Math.min(box.width, box.height * ratio);
  const height = width / ratio;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Rounds to whole pixels, so that tiles neither overlap nor leave gaps. */
function boxOf(tile: RecordingTile, stage: { readonly width: number; readonly height: number }): Box {
  const x = Math.round(tile.x * stage.width);
  const y = Math.round(tile.y * stage.height);
  const right = Math.round((tile.x + tile.width) * stage.width);
  const bottom = Math.round((tile.y + tile.height) * stage.height);
  return { x, y, width: right - x, height: bottom - y };
}
