import type { Device } from './devices.js';

/** Where the sound of the call goes, in the words of CometChat's mobile SDKs. */
export type AudioMode = 'SPEAKER' | 'EARPIECE' | 'BLUETOOTH' | 'HEADPHONES';

/**
 * Browsers do not tell what kind of speaker a device is; its label does, in the words of the systems
 * (Android, ChromeOS, macOS, Windows, Linux). From the most telling to the least.
 */
const labelsOf: readonly (readonly [AudioMode, RegExp])[] = [
  ['BLUETOOTH', /bluetooth|airpods|hands-?free|\bbt\b|a2dp/i],
  ['EARPIECE', /earpiece|receiver|handset/i],
  ['HEADPHONES', /head(phone|set)s?|earphone|ear ?buds/i],
];

/** What kind of speaker a device is, by its label. */
export function audioModeOf({ label }: Device): AudioMode {
  return labelsOf.find(([, pattern]) => pattern.test(label))?.[0] ?? 'SPEAKER';
}

/** The kinds of speaker there are, each once. */
export function audioModes(outputs: readonly Device[]): readonly AudioMode[] {
  return [...new Set(outputs.map(audioModeOf))];
}

/** The first speaker of a kind. */
export function deviceOfMode(mode: string, outputs: readonly Device[]): Device | undefined {
  return outputs.find((device) => audioModeOf(device) === mode);
}
