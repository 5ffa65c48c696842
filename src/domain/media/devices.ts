/** A microphone, speaker or camera, in CometChat's format (a plain copy of MediaDeviceInfo). */
export interface Device {
  readonly deviceId: string;
  readonly kind: MediaDeviceKind;
  readonly label: string;
  readonly groupId: string;
  /** Whether the call uses it now. */
  readonly active: boolean;
}

export type MediaDeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';

export interface DeviceLists {
  readonly audioInputDevices: readonly Device[];
  readonly audioOutputDevices: readonly Device[];
  readonly videoInputDevices: readonly Device[];
}

export const noDevices: DeviceLists = {
  audioInputDevices: [],
  audioOutputDevices: [],
  videoInputDevices: [],
};
