import type { CallCommands } from '../../domain/call/call-commands.js';
import type { LocalMedia } from '../../domain/call/call-state.js';
import type { Device } from '../../domain/media/devices.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import type { MenuGroup } from '../menu/menu-group.js';
import { deviceWords } from '../words/device-words.js';
import type { Words } from '../words/words.js';

/** The choice of microphone, speaker, camera and background. What there is none of is left out. */
export function deviceMenu(
  { devices }: LocalMedia,
  { showVirtualBackgroundSetting, backgroundChoices }: CallSettings,
  commands: CallCommands,
  words: Words,
): readonly MenuGroup[] {
  const phrases = deviceWords(words);
  const group = (label: string, list: readonly Device[], choose: (id: string) => void): MenuGroup => ({
    label,
    choice: true,
    items: withDefault(list, words).map(({ deviceId, label: name, active }, index) => ({
      id: deviceId,
      label: name || phrases.unnamedDevice(index + 1),
      checked: active,
      run: () => choose(deviceId),
    })),
  });
  const background = {
    id: 'background',
    label: phrases.background(),
    run: () => commands.openVirtualBackground(),
  };
  const isOffered = showVirtualBackgroundSetting && backgroundChoices !== 'none';
  return [
    group(phrases.microphone(), devices.audioInputDevices, (id) => commands.setAudioInputDevice(id)),
    group(phrases.speaker(), devices.audioOutputDevices, (id) => commands.setAudioOutputDevice(id)),
    group(phrases.camera(), devices.videoInputDevices, (id) => commands.setVideoInputDevice(id)),
    { items: isOffered ? [background] : [] },
  ].filter(({ items }) => items.length > 0);
}

/** Not every browser lists the system's default as a device, and none does for cameras. */
export function withDefault(
  list: readonly Device[],
  words: Words,
): readonly Pick<Device, 'deviceId' | 'label' | 'active'>[] {
  if (list.length === 0 || list.some(({ deviceId }) => deviceId === 'default')) return list;
  const active = !list.some((device) => device.active);
  return [{ deviceId: 'default', label: deviceWords(words).systemDefault(), active }, ...list];
}
