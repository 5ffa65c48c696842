import type { Box } from './grid.js';

/** The corner where the self-view is docked. */
export type Dock = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';

/** The room there is for the tiles, and what the user chose in it. */
export interface LayoutInput extends Box {
  readonly gap: number;
  readonly page: number;
  readonly dock: Dock;
}
