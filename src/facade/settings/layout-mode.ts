import type { LayoutMode } from '../../domain/call/call-state.js';

const modes = {
  DEFAULT: 'DEFAULT',
  SPOTLIGHT: 'SPOTLIGHT',
  TILE: 'TILE',
  GRID: 'TILE',
  SINGLE: 'SINGLE',
  SIDEBAR: 'SIDEBAR',
} as const;

/** CometChat's name of a layout, of any of its SDKs and in any case; `undefined` for what is none. */
export function layoutMode(mode: unknown): LayoutMode | undefined {
  const name = typeof mode === 'string' ? mode.toUpperCase() : '';
  return Object.hasOwn(modes, name) ? modes[name as keyof typeof modes] : undefined;
}
