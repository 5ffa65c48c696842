import { openVideoPip } from './video-pip.js';
import { openDocumentPip, type DocumentPictureInPicture } from './document-pip.js';
import type { PipCall } from './pip-call.js';

/**
 * Shows the call above all other windows: the whole interface where there is Document Picture-in-Picture, else one video
 * of the call in the browser's own picture-in-picture. Resolves with what brings it back.
 */
export function openPipWindow(call: PipCall, onClose: () => void): Promise<() => void> {
  const documentPip = (window as Window & { readonly documentPictureInPicture?: DocumentPictureInPicture })
    .documentPictureInPicture;
  return documentPip
    ? openDocumentPip(documentPip, call, onClose)
    : openVideoPip(call.view, call.session.store, onClose);
}
