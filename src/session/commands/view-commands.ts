import { asCallError, CallError } from '../../domain/call-error.js';
import type { ViewCommands } from '../../domain/call/call-commands.js';
import { isActive } from '../../domain/call/call-state.js';
import type { SessionContext } from '../session-parts.js';

/** The commands that change only what this user sees. */
export function viewCommands({ store, ports, dispatch, onError }: SessionContext): ViewCommands {
  return {
    pin: (tile) => dispatch({ type: 'tile-pinned', tile }),
    setMode: (mode) => dispatch({ type: 'mode-set', mode }),
    showParticipantList: (shown) => dispatch({ type: 'participant-list-shown', on: shown }),
    togglePictureInPicture() {
      const { pictureInPicture } = ports;
      if (!isActive(store.get())) return;
      if (!pictureInPicture)
        return onError(new CallError('UNSUPPORTED', { details: { what: 'picture-in-picture' } }));
      const settle = (on: boolean): void => dispatch({ type: 'picture-in-picture-changed', on });
      pictureInPicture
        .toggle(() => settle(false))
        .then(settle, (error: unknown) => onError(asCallError(error)));
    },
    openVirtualBackground: () => ports.showBackgrounds?.(true),
    closeVirtualBackground: () => ports.showBackgrounds?.(false),
    pressControl: (control) => dispatch({ type: 'control-pressed', control }),
    pressEndCall: () => dispatch({ type: 'end-pressed' }),
  };
}
