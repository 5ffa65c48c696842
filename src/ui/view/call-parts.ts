import { controlRows } from '../controls/control-rows.js';

/**
 * Every part a page can style with `cometchat-call::part(…)`. Those of the buttons are documented in `control-rows.ts`.
 *
 * @csspart view - Everything.
 * @csspart stage - The area that holds the tiles.
 * @csspart tile - Every tile.
 * @csspart tile-grid - A tile of the grid.
 * @csspart tile-front - The tile in front.
 * @csspart tile-filmstrip - A tile beside the one in front.
 * @csspart tile-self-view - The floating tile of the local user.
 * @csspart video - The video in a tile.
 * @csspart avatar - Initials or avatar of a participant whose camera is off.
 * @csspart name - The name on a tile.
 * @csspart badge - Hand, recording, pin and connection quality on a tile.
 * @csspart ring - The ring around a participant who speaks.
 * @csspart veil - Covers the tile of a participant whose connection is lost.
 * @csspart tile-button - The buttons on a tile.
 * @csspart pager - The buttons that turn the page of the grid.
 * @csspart toolbar - The row of buttons.
 * @csspart button - Every button of the toolbar.
 * @csspart button-more - The menu with the buttons that do not fit.
 * @csspart menu - An open menu.
 * @csspart menu-item - An entry of a menu.
 * @csspart title - The name of the call.
 * @csspart timer - The time since the user joined.
 * @csspart notices - The stack of notices.
 * @csspart notice - A notice, and the hint that the connection is lost.
 * @csspart dialog - The question that needs an answer, such as the idle warning.
 * @csspart panel - The list of participants.
 * @csspart joining - The screen while joining.
 * @csspart lobby - The screen before the call.
 * @csspart join - The button in the lobby that joins.
 * @csspart empty - The hint that there are no other participants.
 * @csspart ended - The screen after the call.
 * @csspart rejoin - The button on the end screen that joins again.
 */
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
  ...controlRows.filter(({ rank }) => rank < Infinity).map(({ id }) => `button-${id}`),
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

/** Slots that a page can fill. */
export const callSlots = ['toolbar-start', 'toolbar-end', 'empty', 'lobby', 'ended'] as const;
