import type { Place } from './grid.js';
import type { StageRoom } from './stage-room.js';

const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, most));

/** Where the floating own picture goes: small, in its corner, upright on an upright stage. */
export function selfViewPlace({ width, height, gap, dock }: StageRoom): Place {
  const upright = height > width;
  const wide = upright ? between(84, width * 0.27, 150) : between(112, width * 0.2, 272);
  const aspect = upright ? 3 / 4 : 16 / 9;
  const size = {
    width: Math.min(wide, height * 0.34 * aspect),
    height: Math.min(wide / aspect, height * 0.34),
  };
  const margin = gap * 1.5;
  return {
    x: dock.endsWith('start') ? margin : width - size.width - margin,
    y: dock.startsWith('top') ? margin : height - size.height - margin,
    ...size,
  };
}

/** The filmstrip beside the picture in front, and what it leaves to that. */
export interface Strip {
  readonly front: Place;
  /** Tiles that fit into it at once. */
  readonly capacity: number;
  places(count: number): readonly Place[];
}

/** At the side of a wide stage, below a narrow one; `side` prefers the side. */
export function stripFor(count: number, room: StageRoom, side: boolean): Strip {
  if (count === 0)
    return { front: { x: 0, y: 0, width: room.width, height: room.height }, capacity: 1, places: () => [] };
  return room.width / room.height > 1.25 || (side && room.width >= 480) ? sideStrip(room) : bottomStrip(room);
}

function sideStrip({ width, height, gap }: StageRoom): Strip {
  const tile = { width: between(112, width * 0.19, 288), height: 0 };
  tile.height = Math.min((tile.width * 9) / 16, height);
  const front = width - tile.width - gap;
  const step = tile.height + gap;
  return {
    front: { x: 0, y: 0, width: front, height },
    capacity: Math.max(1, Math.floor((height + gap) / step)),
    places: (count) => {
      const top = (height - count * step + gap) / 2;
      return Array.from({ length: count }, (_, index) => ({
        x: front + gap,
        y: top + index * step,
        ...tile,
      }));
    },
  };
}

function bottomStrip({ width, height, gap }: StageRoom): Strip {
  const high = between(72, height * 0.2, 160);
  const capacity = Math.max(2, Math.floor((width + gap) / ((high * 4) / 3 + gap)));
  const tile = { width: Math.min((high * 16) / 9, (width - gap * (capacity - 1)) / capacity), height: high };
  const step = tile.width + gap;
  return {
    front: { x: 0, y: 0, width, height: height - high - gap },
    capacity,
    places: (count) => {
      const start = (width - count * step + gap) / 2;
      return Array.from({ length: count }, (_, index) => ({
        x: start + index * step,
        y: height - high,
        ...tile,
      }));
    },
  };
}
