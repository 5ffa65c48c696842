import type { Words } from '../words/words.js';

/** Phrases of the menus; loaded with them. */
export const menuWords = ({ translate }: Words) => ({
  layoutDEFAULT: () => translate('Automatic', { id: 'layout-default' }),
  layoutTILE: () => translate('Grid', { id: 'layout-tile' }),
  layoutSPOTLIGHT: () => translate('Spotlight', { id: 'layout-spotlight' }),
  layoutSIDEBAR: () => translate('Sidebar', { id: 'layout-sidebar' }),
  layoutSINGLE: () => translate('One person only', { id: 'layout-single' }),
  pin: () => translate('Pin', { id: 'pin' }),
  unpin: () => translate('Unpin', { id: 'unpin' }),
  muteThem: () => translate('Mute for everyone', { id: 'mute-them' }),
  stopTheirCamera: () => translate('Turn their camera off', { id: 'stop-their-camera' }),
});
