import type { CallError } from '../../domain/call-error.js';
import { hasMediaDevices } from '../devices/has-media-devices.js';
import type { UserMediaRequest } from './media-constraints.js';
import { pageAllows } from './permissions-policy.js';

/** The sources of getUserMedia, in request order. */
export const mediaSources = ['microphone', 'camera'] as const;

export type MediaSource = (typeof mediaSources)[number];

/** The result of each requested source. `track.getSettings().deviceId` is the device. */
export type UserMedia = { readonly [Source in MediaSource]?: MediaStreamTrack | CallError };

/** Makes one request to the browser. */
export type RequestMedia = (request: UserMediaRequest) => Promise<UserMedia>;

/** Whether a request reaches the user: permissions policy can block a source in a frame. */
export function canRequest(source: MediaSource): boolean {
  return hasMediaDevices() && pageAllows(source) !== false;
}
