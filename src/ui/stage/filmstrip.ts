import type { Place } from './grid.js';
import type { LayoutInput } from './layout-input.js';

const clamp = (min: number, value: number, max: number): number => Math.max(min, Math.min(value, max));

/** The place of the floating self-view: small, in its corner, portrait on a portrait stage. */
export function selfViewPlace({ width, height, gap, dock }: LayoutInput): Place {
  const isPortrait = height > width;
  const preferredWidth = isPortrait ? clamp(84, width * 0.27, 150) : clamp(112, width * 0.2, 272);
  const aspect = isPortrait ? 3 / 4 : 16 / 9;
  const size = {
    width: Math.min(preferredWidth, height * 0.34 * aspect),
    height: Math.min(preferredWidth / aspect, height * 0.34),
  };
  const margin = gap * 1.5;
  return {
    x: dock.endsWith('start') ? margin : width - size.width - margin,
    y: dock.startsWith('top') ? margin : height - size.height - margin,
    ...size,
  };
}

/** The filmstrip beside the front tile, and the space left for that tile. */
export interface Filmstrip {
  readonly front: Place;
  /** Tiles that fit into it at once. */
  readonly capacity: number;
  places(count: number): readonly Place[];
}

/** At the side of a wide stage, below a narrow one; `preferSide` prefers the side. */
export function filmstripFor(count: number, input: LayoutInput, preferSide: boolean): Filmstrip {
  if (count === 0)
    return { front: { x: 0, y: 0, width: input.width, height: input.height }, capacity: 1, places: () => [] };
  return input.width / input.height > 1.25 || (preferSide && input.width >= 480)
    ? sideFilmstrip(input)
    : bottomFilmstrip(input);
}

function sideFilmstrip({ width, height, gap }: LayoutInput): Filmstrip {
  const tile = { width: clamp(112, width * 0.19, 288), height: 0 };
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

function bottomFilmstrip({ width, height, gap }: LayoutInput): Filmstrip {
  const tileHeight = clamp(72, height * 0.2, 160);
  const capacity = Math.max(2, Math.floor((width + gap) / ((tileHeight * 4) / 3 + gap)));
  const tile = {
    width: Math.min((tileHeight * 16) / 9, (width - gap * (capacity - 1)) / capacity),
    height: tileHeight,
  };
  const step = tile.width + gap;
  return {
    front: { x: 0, y: 0, width, height: height - tileHeight - gap },
    capacity,
    places: (count) => {
      const start = (width - count * step + gap) / 2;
      return Array.from({ length: count }, (_, index) => ({
        x: start + index * step,
        y: height - tileHeight,
        ...tile,
      }));
    },
  };
}
