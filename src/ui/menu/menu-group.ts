import type { SVGTemplateResult } from 'lit';

/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: SVGTemplateResult;
  /** For what can be on or off, or be the chosen one of its group. */
  readonly checked?: boolean;
  readonly run: () => void;
}

/** Lines that belong together; of a `choice`, one is on at a time. */
export interface MenuGroup {
  readonly label?: string;
  readonly choice?: boolean;
  readonly items: readonly MenuItem[];
}

/** The module `menu-builders.ts`, which declares its functions here: importing its type would be a cycle. */
export interface MenuBuilders {
  readonly [Symbol.toStringTag]?: 'Module';
}

/** Makes the lines of a menu, each time that it is drawn, with code that is loaded with it. */
export type MenuSource = (menus: MenuBuilders) => readonly MenuGroup[];
