import { floatVideo } from './float-video.js';
import { floatWindow, type DocumentPictureInPicture } from './float-window.js';
import type { FloatingCall } from './floating-call.js';

/**
 * Shows the call above all other windows: the whole interface where there is Document Picture-in-Picture, else one video
 * of the call in the browser's own picture-in-picture. Resolves with what brings it back.
 */
export function floatCall(call: FloatingCall, onClose: () => void): Promise<() => void> {
  const api = (window as Window & { readonly documentPictureInPicture?: DocumentPictureInPicture })
    .documentPictureInPicture;
  return api ? floatWindow(api, call, onClose) : floatVideo(call.view, onClose);
}
