import type { CallCommands } from '../../domain/call/call-commands.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import type { MenuGroup } from '../menu/menu-group.js';
import { menuWords } from '../menu/menu-words.js';
import type { Words } from '../words/words.js';
import { layoutModes } from '../../domain/call/call-state.js';

/** The choice of a layout. */
export function layoutMenu(
  { mode: current }: ActiveCall,
  commands: CallCommands,
  words: Words,
): readonly MenuGroup[] {
  return [
    {
      label: words.layout(),
      choice: true,
      items: layoutModes.map((mode) => ({
        id: mode,
        label: menuWords(words)[`layout${mode}`](),
        checked: current === mode,
        run: () => commands.setMode(mode),
      })),
    },
  ];
}
