/** What the menus of the interface offer: loaded with the element that shows them. */
export { deviceMenu } from '../controls/device-menu.js';
export { layoutMenu } from '../controls/layout-menu.js';
export { moreMenu } from '../controls/more-menu.js';
export { tileMenu } from '../tile/tile-menu.js';
