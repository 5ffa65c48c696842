/** A microphone, speaker or camera, in CometChat's format (a plain copy of MediaDeviceInfo). */
export interface Device {
  /** The id for `set…Device`; stable for this origin until site data is cleared. */
  readonly deviceId: string;
  /** `audioinput`, `audiooutput` or `videoinput` (Media Capture and Streams). */
  readonly kind: MediaDeviceKind;
  /** The name of the device; empty before the permission. */
  readonly label: string;
  /** The same for devices of one piece of hardware. */
  readonly groupId: string;
  /** Whether the call uses it now. */
  readonly active: boolean;
}

export type MediaDeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';

/** The kind of device behind each source. */
export const deviceKinds = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** The devices of each kind. */
export interface DeviceLists {
  /** The microphones. */
  readonly audioInputDevices: readonly Device[];
  /** The speakers; empty in browsers that do not list them. */
  readonly audioOutputDevices: readonly Device[];
  /** The cameras. */
  readonly videoInputDevices: readonly Device[];
}

export const noDevices: DeviceLists = {
  audioInputDevices: [],
  audioOutputDevices: [],
  videoInputDevices: [],
};
