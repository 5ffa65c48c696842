import type { Words } from '../words/words.js';

/** Phrases of encrypted calls; loaded with the encryption. */
export const encryptionWords = ({ translate }: Words) => ({
  encrypted: () => translate('End-to-end encrypted', { id: 'encryption-on' }),
  compare: () =>
    translate(
      'Compare this code with the others. If it is the same for everyone, nobody else can see or hear the call.',
      { id: 'encryption-compare' },
    ),
  differs: () => translate('The encryption keys do not match', { id: 'encryption-differs' }),
});
