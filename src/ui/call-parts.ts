import { controlRows } from './controls/control-rows.js';

/** Every part a page can style with `cometchat-call::part(…)`. */
export const callParts: readonly string[] = [
  'view',
  'stage',
  'tile',
  'tile-grid',
  'tile-front',
  'tile-filmstrip',
  'tile-self-view',
  'video',
  'avatar',
  'name',
  'badge',
  'ring',
  'veil',
  'tile-button',
  'pager',
  'toolbar',
  'button',
  ...controlRows.map(({ id }) => `button-${id}`),
  'button-more',
  'menu',
  'menu-item',
  'title',
  'timer',
  'notices',
  'notice',
  'dialog',
  'panel',
  'joining',
  'lobby',
  'join',
  'empty',
  'ended',
  'rejoin',
];

/** For the `exportparts` of every level between a part and the page. */
export const exportedParts = callParts.join(', ');

/** Places a page can fill with content of its own. */
export const callSlots = ['toolbar-start', 'toolbar-end', 'empty', 'lobby', 'ended'] as const;
