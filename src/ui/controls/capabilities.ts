/** What this browser can do; a control for what it cannot is not shown. */
export interface Capabilities {
  readonly screenShare: boolean;
  readonly pictureInPicture: boolean;
  readonly recording: boolean;
  readonly fullScreen: boolean;
}

/** Asks the browser. */
export function detectCapabilities(): Capabilities {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return {
    screenShare: typeof devices?.getDisplayMedia === 'function',
    pictureInPicture: 'documentPictureInPicture' in globalThis || document.pictureInPictureEnabled === true,
    fullScreen: document.fullscreenEnabled,
    recording: typeof MediaRecorder === 'function',
  };
}
