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
const pictureAspect = 16 / 9;
const narrowest = 3 / 4;

/** The grid of `count` tiles that shows the most of everybody's picture inside `box`. */
export function bestGrid(count: number, box: Box, gap: number): Grid {
  let best = gridWith(1, count, box, gap);
  for (let columns = 2; columns <= count; columns++) {
    const next = gridWith(columns, count, box, gap);
    if (worth(next) > worth(best)) best = next;
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
    width: Math.min(cellWidth, cellHeight * pictureAspect),
    height: Math.min(cellHeight, cellWidth / narrowest),
  };
}

/** Area, less what is cropped away of the picture; half as much, because faces are in the middle. */
function worth({ width, height }: Grid): number {
  const aspect = height === 0 ? 0 : width / height;
  const seen = Math.min(aspect / pictureAspect, pictureAspect / (aspect || 1));
  return width * height * Math.sqrt(seen);
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

/** Smaller than this, nobody can be recognised. */
const smallest: Box = { width: 128, height: 92 };

/** More videos at once than this are a burden to the machine and to the eye. */
const mostTiles = 25;

/** How many of `count` tiles fit on one page. */
export function gridCapacity(count: number, box: Box, gap: number): number {
  for (let fitting = Math.min(count, mostTiles); fitting > 1; fitting--) {
    const { width, height } = bestGrid(fitting, box, gap);
    if (width >= smallest.width && height >= smallest.height) return fitting;
  }
  return 1;
}
