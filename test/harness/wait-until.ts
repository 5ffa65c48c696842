import { waitUntil as waitOneSecondUntil } from '@open-wc/testing';

/** Waits as long as a machine may need that shows other videos beside; the default of @open-wc/testing is a second. */
export const waitUntil: typeof waitOneSecondUntil = (holds, message, options) =>
  waitOneSecondUntil(holds, message, { timeout: 10_000, ...options });
