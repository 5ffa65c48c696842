export interface MicrophoneRequest {
  readonly deviceId?: string;
}

export interface CameraRequest {
  readonly deviceId?: string;
  /** Front or rear camera, on devices that have both. */
  readonly facingMode?: 'user' | 'environment';
}

/** The requested sources; an omitted source is not opened. */
export interface UserMediaRequest {
  readonly microphone?: MicrophoneRequest;
  readonly camera?: CameraRequest;
}

/** The constraints of every request, apart from the device. */
const defaultConstraints = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
} as const;

/** Converts a request to `getUserMedia` constraints. */
export function mediaConstraints({ microphone, camera }: UserMediaRequest): MediaStreamConstraints {
  return {
    ...(microphone && { audio: audioConstraints(microphone) }),
    ...(camera && { video: videoConstraints(camera) }),
  };
}

/** The same request for any device. */
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
