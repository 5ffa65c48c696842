import type { Device, DeviceLists } from './devices.js';

/** A device that was disconnected while it was in use. */
export interface ReplacedDevice {
  /** The disconnected device. */
  readonly gone: Device;
  /** The device in use since then; `undefined` while there is none, or while the browser does not list it. */
  readonly now: Device | undefined;
  /** How often a device of this kind was disconnected in this call. */
  readonly times: number;
}

/** The last disconnected device of each kind. */
export type ReplacedDevices = Readonly<Partial<Record<keyof DeviceLists, ReplacedDevice>>>;

/** The names under which Chromium lists a device a second time. */
const aliases: readonly string[] = ['default', 'communications'];

export function replacedDevices(
  known: ReplacedDevices,
  before: DeviceLists,
  after: DeviceLists,
): ReplacedDevices {
  const lists = Object.keys(after) as (keyof DeviceLists)[];
  return Object.fromEntries(
    lists.map((list) => {
      // A list is empty when the permission was revoked. That of the speakers depends on the microphone's.
      const isReadable =
        after[list].length > 0 || (list === 'audioOutputDevices' && after.audioInputDevices.length > 0);
      return [list, replacedDevice(known[list], before[list], isReadable ? after[list] : undefined)];
    }),
  );
}

function replacedDevice(
  known: ReplacedDevice | undefined,
  before: readonly Device[],
  /** `undefined`: the list cannot be read. */
  after: readonly Device[] | undefined,
): ReplacedDevice | undefined {
  const gone = deviceInUse(before);
  const now = deviceInUse(after ?? []);
  const isGone = gone && after?.every(({ deviceId }) => deviceId !== gone.deviceId);
  if (isGone) return { gone, now, times: (known?.times ?? 0) + 1 };
  return known && { ...known, now };
}

function deviceInUse(devices: readonly Device[]): Device | undefined {
  const used = devices.find(({ active }) => active);
  if (!used || !aliases.includes(used.deviceId)) return used;
  return (
    devices.find(({ deviceId, groupId }) => groupId === used.groupId && !aliases.includes(deviceId)) ?? used
  );
}
