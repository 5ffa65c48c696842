import { layoutModes, type LayoutMode } from '../../domain/call/call-state.js';

/** CometChat's name of a layout, of any of its SDKs and in any case; `undefined` for what is none. */
export function layoutMode(mode: unknown): LayoutMode | undefined {
  const name = typeof mode === 'string' ? mode.toUpperCase() : '';
  return layoutModes.find((layout) => layout === (name === 'GRID' ? 'TILE' : name));
}
