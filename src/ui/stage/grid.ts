/** A rectangle on the stage; `x` counts from the side where lines of text begin. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

interface Grid extends Box {
  readonly columns: number;
  readonly rows: number;
}

/** Cameras are 16:9; a tile may be narrower or higher as long as a face still fits after cropping. */
const videoAspect = 16 / 9;
const minAspect = 3 / 4;

/** The grid of `count` tiles that shows the largest visible area of video inside `box`. */
export function bestGrid(count: number, box: Box, gap: number): Grid {
  let best = gridWith(1, count, box, gap);
  for (let columns = 2; columns <= count; columns++) {
    const next = gridWith(columns, count, box, gap);
    if (visibleArea(next) > visibleArea(best)) best = next;
  }
  return best;
}

function gridWith(columns: number, count: number, box: Box, gap: number): Grid {
  const rows = Math.ceil(count / columns);
  const cellWidth = Math.max(0, (box.width - gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (box.height - gap * (rows - 1)) / rows);
  return {
    columns,
    rows,
    width: Math.min(cellWidth, cellHeight * videoAspect),
    height: Math.min(cellHeight, cellWidth / minAspect),
  };
}

/** The area minus half of what is cropped; half, because faces are in the middle. */
function visibleArea({ width, height }: Grid): number {
  const aspect = height === 0 ? 0 : width / height;
  const visibleShare = Math.min(aspect / videoAspect, videoAspect / (aspect || 1));
  return width * height * Math.sqrt(visibleShare);
}

/** Where the tiles of a grid go: centred, the last row too. */
export function gridPlaces(count: number, grid: Grid, box: Box, gap: number): readonly Place[] {
  const { columns, width, height } = grid;
  const rows = Math.ceil(count / columns);
  const top = (box.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const start = (box.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: start + (index % columns) * (width + gap),
      y: top + row * (height + gap),
      width,
      height,
    };
  });
}

/** Faces are not recognisable below this size. */
const minTile: Box = { width: 128, height: 92 };

/** More videos at once than this are a burden to the machine and to the eye. */
const maxTiles = 25;

/** How many of `count` tiles fit on one page. */
export function gridCapacity(count: number, box: Box, gap: number): number {
  for (let capacity = Math.min(count, maxTiles); capacity > 1; capacity--) {
    const { width, height } = bestGrid(capacity, box, gap);
    if (width >= minTile.width && height >= minTile.height) return capacity;
  }
  return 1;
}
