import { floatVideo } from './float-video.js';
import { floatWindow, type DocumentPictureInPicture } from './float-window.js';
import type { FloatingCall } from './floating-call.js';

/**
 * Shows the call above all other windows: the whole interface where there is Document Picture-in-Picture, else one video
 * of the call in the browser's own picture-in-picture. Resolves with what brings it back.
 */
export function openPipWindow(call: FloatingCall, onClose: () => void): Promise<() => void> {
  const documentPip = (window as Window & { readonly documentPictureInPicture?: DocumentPictureInPicture })
    .documentPictureInPicture;
  return documentPip ? floatWindow(documentPip, call, onClose) : floatVideo(call.view, onClose);
}
