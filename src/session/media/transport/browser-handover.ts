import { firstMedia } from '../../../media/capture/first-media.js';
import { Handover, type HandoverOptions } from './handover.js';

/** A handover between transports, with the browser's way to see the first frame. */
export function createHandover(options: Omit<HandoverOptions, 'firstMedia'>): Handover {
  return new Handover({ ...options, firstMedia });
}
