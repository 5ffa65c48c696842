import type { Words } from '../words/words.js';

/** Phrases of the shortcut list; loaded with it. */
export const helpWords = ({ translate }: Words) => ({
  about: () =>
    translate('Shortcuts work while the focus or pointer is in the call, but not while you type.', {
      id: 'help-about',
    }),
  help: () => translate('Show this list', { id: 'help-help' }),
  talk: () => translate('Hold to unmute temporarily', { id: 'help-talk' }),
  space: () => translate('Space', { id: 'help-space' }),
  on: () => translate('Use keyboard shortcuts', { id: 'help-on' }),
});
