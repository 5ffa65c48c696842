import type { CallCommands } from '../../domain/call/call-commands.js';
import { maximize, micOff, pin, pinOff, videoOff } from '../base/icons/icons.js';
import type { MenuGroup, MenuItem } from '../menu/menu-group.js';
import { menuWords } from '../menu/menu-words.js';
import type { Words } from '../words/words.js';
import type { TileModel } from './tile-model.js';

/** What can be done with a tile and its participant. */
export function tileMenu(
  { participant: { id }, source, isLocal, pinned, muted, hasVideo }: TileModel,
  commands: CallCommands,
  words: Words,
  fullScreen: () => void,
): readonly MenuGroup[] {
  const phrases = menuWords(words);
  const isRemoteCamera = !isLocal && source === 'camera';
  const items: (MenuItem | false)[] = [
    pinned
      ? { id: 'unpin', label: phrases.unpin(), icon: pinOff, run: () => commands.pin(null) }
      : {
          id: 'pin',
          label: phrases.pin(),
          icon: pin,
          run: () => commands.pin({ participantId: id, source }),
        },
    document.fullscreenEnabled && {
      id: 'full-screen',
      label: words.fullScreen(),
      icon: maximize,
      run: fullScreen,
    },
    isRemoteCamera &&
      !muted && {
        id: 'mute',
        label: phrases.muteThem(),
        icon: micOff,
        run: () => commands.muteParticipant(id),
      },
    isRemoteCamera &&
      hasVideo && {
        id: 'pause-video',
        label: phrases.stopTheirCamera(),
        icon: videoOff,
        run: () => commands.pauseParticipantVideo(id),
      },
  ];
  return [{ items: items.filter((item) => item !== false) }];
}
