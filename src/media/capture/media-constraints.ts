export interface MicrophoneRequest {
  readonly deviceId?: string;
}

export interface CameraRequest {
  readonly deviceId?: string;
  /** Which way the camera looks, on devices that have two. */
  readonly facingMode?: 'user' | 'environment';
}

/** What is wanted; a source that is left out is not asked for. */
export interface UserMediaRequest {
  readonly microphone?: MicrophoneRequest;
  readonly camera?: CameraRequest;
}

/** What every call asks of its devices, beside which device it is. */
const defaultConstraints = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
} as const;

/** A request in the words of getUserMedia. */
export function mediaConstraints({ microphone, camera }: UserMediaRequest): MediaStreamConstraints {
  return {
    ...(microphone && { audio: audioConstraints(microphone) }),
    ...(camera && { video: videoConstraints(camera) }),
  };
}

/** The same request, content with any device. */
export function anyDevice({ microphone, camera }: UserMediaRequest): UserMediaRequest {
  return {
    ...(microphone && { microphone: {} }),
    ...(camera && { camera: camera.facingMode ? { facingMode: camera.facingMode } : {} }),
  };
}

function audioConstraints({ deviceId }: MicrophoneRequest): MediaTrackConstraints {
  return {
    ...defaultConstraints.microphone,
    ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
  };
}

function videoConstraints({ deviceId, facingMode = 'user' }: CameraRequest): MediaTrackConstraints {
  return {
    ...defaultConstraints.camera,
    ...(deviceId === undefined ? { facingMode: { ideal: facingMode } } : { deviceId: { exact: deviceId } }),
  };
}
