import type { Words } from '../words/words.js';

/** What only the list of shortcuts says; loaded with it. */
export const helpWords = ({ translate }: Words) => ({
  about: () =>
    translate('They work while the focus or the pointer is in the call, and never while you type.', {
      id: 'help-about',
    }),
  help: () => translate('This list', { id: 'help-help' }),
  talk: () => translate('Speak while held, when muted', { id: 'help-talk' }),
  space: () => translate('Space', { id: 'help-space' }),
  on: () => translate('Use keyboard shortcuts', { id: 'help-on' }),
});
