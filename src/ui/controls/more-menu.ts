import type { MenuGroup, MenuSource } from '../menu/menu-group.js';
import type { ControlActions, ControlContext, ControlRow } from './control-rows.js';

/** Buttons become items of one group; each menu becomes its own group. */
export function moreMenu(
  rows: readonly ControlRow[],
  context: ControlContext,
  actions: ControlActions,
  press: (row: ControlRow) => void,
): MenuSource {
  const buttons = rows.filter(({ menu }) => !menu);
  const items = buttons.map((row) => ({
    id: row.id,
    label: row.label(context),
    icon: row.icon(context),
    ...(row.pressed && { checked: row.pressed(context) }),
    run: () => press(row),
  }));
  const withPress = (group: MenuGroup, row: ControlRow): MenuGroup => ({
    ...group,
    items: group.items.map((item) => ({
      ...item,
      run: () => {
        press(row);
        item.run();
      },
    })),
  });
  return (menus) => {
    const groups = rows.flatMap(
      (row) =>
        row
          .menu?.(
            context,
            actions,
          )(menus)
          .map((group) => withPress(group, row)) ?? [],
    );
    return items.length > 0 ? [{ items }, ...groups] : groups;
  };
}
