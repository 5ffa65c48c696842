import type { CallError } from '../../domain/call-error.js';
import { hasMediaDevices } from '../devices/has-media-devices.js';
import type { UserMediaRequest } from './media-constraints.js';
import { pageAllows } from './permissions-policy.js';

/** What getUserMedia gives, in the order in which it is asked for. */
export const mediaSources = ['microphone', 'camera'] as const;

export type MediaSource = (typeof mediaSources)[number];

/** What came of each wanted source. Which device it is, `track.getSettings().deviceId` tells. */
export type UserMedia = { readonly [Source in MediaSource]?: MediaStreamTrack | CallError };

/** Asks the browser, once. */
export type RequestMedia = (request: UserMediaRequest) => Promise<UserMedia>;

/** Whether the user has a say: a page can keep a source from its frames. */
export function canRequest(source: MediaSource): boolean {
  return hasMediaDevices() && pageAllows(source) !== false;
}
