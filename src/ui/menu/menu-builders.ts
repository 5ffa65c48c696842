import { deviceMenu } from '../controls/device-menu.js';
import { layoutMenu } from '../controls/layout-menu.js';
import { moreMenu } from '../controls/more-menu.js';
import { tileMenu } from '../tile/tile-menu.js';

/** What the menus of the interface offer: loaded with the element that shows them. */
export { deviceMenu, layoutMenu, moreMenu, tileMenu };

declare module './menu-group.js' {
  interface MenuBuilders {
    readonly deviceMenu: typeof deviceMenu;
    readonly layoutMenu: typeof layoutMenu;
    readonly moreMenu: typeof moreMenu;
    readonly tileMenu: typeof tileMenu;
  }
}
