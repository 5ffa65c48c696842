import { hasPageDirection, pageLanguage } from '../ui/page-language.js';

/** Document Picture-in-Picture (WICG); not in TypeScript's library yet. */
interface DocumentPictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window>;
}

/**
 * Moves the live element itself into a window above all others: Document Picture-in-Picture where there is one,
 * else the largest video of the call in the browser's own picture-in-picture. Resolves with what closes it.
 */
export function floatCall(host: HTMLElement, onClose: () => void): Promise<() => void> {
  const api = (window as Window & { readonly documentPictureInPicture?: DocumentPictureInPicture })
    .documentPictureInPicture;
  return api ? openWindow(api, host, onClose) : openVideo(host, onClose);
}

async function openWindow(
  api: DocumentPictureInPicture,
  host: HTMLElement,
  onClose: () => void,
): Promise<() => void> {
  const pip = await api.requestWindow({ width: 400, height: 480 });
  const place = document.createElement('span');
  host.before(place);
  copyPageStyles(pip.document);
  pip.document.documentElement.lang = pageLanguage(host);
  if (hasPageDirection(host)) pip.document.documentElement.dir = getComputedStyle(host).direction;
  pip.document.body.append(host);
  pip.document.body.style.margin = '0';
  host.style.blockSize = '100vh';
  pip.addEventListener(
    'pagehide',
    () => {
      host.style.removeProperty('block-size');
      // If the page removed the placeholder meanwhile, it does not want the call any longer.
      place.replaceWith(host);
      onClose();
    },
    { once: true },
  );
  return () => pip.close();
}

/** The page's rules for the element (tokens, parts) hold in the other window too. */
function copyPageStyles(target: Document): void {
  for (const node of document.querySelectorAll('link[rel="stylesheet"], style'))
    target.head.append(node.cloneNode(true));
}

async function openVideo(host: HTMLElement, onClose: () => void): Promise<() => void> {
  const video = largestVideo(host);
  if (!video) throw new TypeError('There is no video to show.');
  await video.requestPictureInPicture();
  video.addEventListener('leavepictureinpicture', onClose, { once: true });
  return () => void document.exitPictureInPicture();
}

function largestVideo(host: HTMLElement): HTMLVideoElement | undefined {
  const area = (video: HTMLVideoElement): number => video.clientWidth * video.clientHeight;
  return videosIn(host.shadowRoot ?? host).sort((a, b) => area(b) - area(a))[0];
}

function videosIn(root: ParentNode): HTMLVideoElement[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof HTMLVideoElement ? [element] : []),
    ...(element.shadowRoot ? videosIn(element.shadowRoot) : []),
  ]);
}
