import type { Device } from './devices.js';

/** The audio output, in the terms of CometChat's mobile SDKs. */
export type AudioMode = 'SPEAKER' | 'EARPIECE' | 'BLUETOOTH' | 'HEADPHONES';

/**
 * Browsers do not expose the kind of a speaker, but its label reveals it (Android, ChromeOS, macOS, Windows, Linux).
 * Most specific patterns first.
 */
const labelsOf: readonly (readonly [AudioMode, RegExp])[] = [
  ['BLUETOOTH', /bluetooth|airpods|hands-?free|\bbt\b|a2dp/i],
  ['EARPIECE', /earpiece|receiver|handset/i],
  ['HEADPHONES', /head(phone|set)s?|earphone|ear ?buds/i],
];

/** The kind of a speaker, derived from its label. */
export function audioModeOf({ label }: Device): AudioMode {
  return labelsOf.find(([, pattern]) => pattern.test(label))?.[0] ?? 'SPEAKER';
}

/** The available kinds of speaker, without duplicates. */
export function audioModes(outputs: readonly Device[]): readonly AudioMode[] {
  return [...new Set(outputs.map(audioModeOf))];
}

/** The first speaker of a kind. */
export function deviceOfMode(mode: string, outputs: readonly Device[]): Device | undefined {
  return outputs.find((device) => audioModeOf(device) === mode);
}
