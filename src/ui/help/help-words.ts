import { msg } from '@lit/localize';

/** What only the list of shortcuts says; loaded with it. */
export const helpWords = {
  title: () => msg('Keyboard shortcuts', { id: 'help-title' }),
  about: () =>
    msg('They work while the focus or the pointer is in the call, and never while you type.', {
      id: 'help-about',
    }),
  help: () => msg('This list', { id: 'help-help' }),
  talk: () => msg('Speak while held, when muted', { id: 'help-talk' }),
  space: () => msg('Space', { id: 'help-space' }),
  on: () => msg('Use keyboard shortcuts', { id: 'help-on' }),
};
