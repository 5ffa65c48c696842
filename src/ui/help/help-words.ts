import type { Words } from '../words.js';

/** What only the list of shortcuts says; loaded with it. */
export const helpWords = ({ say }: Words) => ({
  about: () =>
    say('They work while the focus or the pointer is in the call, and never while you type.', {
      id: 'help-about',
    }),
  help: () => say('This list', { id: 'help-help' }),
  talk: () => say('Speak while held, when muted', { id: 'help-talk' }),
  space: () => say('Space', { id: 'help-space' }),
  on: () => say('Use keyboard shortcuts', { id: 'help-on' }),
});
