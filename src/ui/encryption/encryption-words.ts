import type { Words } from '../words/words.js';

/** Phrases of encrypted calls; loaded with the encryption. */
export const encryptionWords = ({ translate }: Words) => ({
  encrypted: () => translate('End-to-end encrypted', { id: 'encryption-on' }),
  differs: () => translate('The encryption keys do not match', { id: 'encryption-differs' }),
});
