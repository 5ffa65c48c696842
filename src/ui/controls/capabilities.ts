/** What this browser can do; a control for what it cannot is not shown. */
export interface Capabilities {
  readonly screenShare: boolean;
  readonly pictureInPicture: boolean;
  readonly recording: boolean;
  readonly fullScreen: boolean;
  /** Most likely: unless it can only be touched. */
  readonly keyboard: boolean;
}

/** Asks the browser. */
export function detectCapabilities(): Capabilities {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return {
    screenShare: typeof devices?.getDisplayMedia === 'function',
    pictureInPicture: 'documentPictureInPicture' in globalThis || document.pictureInPictureEnabled === true,
    fullScreen: document.fullscreenEnabled,
    keyboard: !matchMedia('(any-pointer: coarse) and (any-hover: none)').matches,
    recording: typeof MediaRecorder === 'function',
  };
}
