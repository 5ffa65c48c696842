import { str } from '@lit/localize';
import type { Words } from './words.js';

/** Phrases for devices, in menus and in the lobby. */
export const deviceWords = ({ translate, number }: Words) => ({
  systemDefault: () => translate('System default', { id: 'system-default' }),
  microphone: () => translate('Microphone', { id: 'microphone' }),
  speaker: () => translate('Speaker', { id: 'speaker' }),
  camera: () => translate('Camera', { id: 'camera' }),
  background: () => translate('Background and effects', { id: 'background' }),
  unnamedDevice: (index: number) => translate(str`Device ${number(index)}`, { id: 'unnamed-device' }),
});
