import { asCallError } from '../../domain/call-error.js';
import { serverBase } from '../session/calls-api.js';
import type { CallAppSettingsLike } from './call-app-settings.js';

const regions = ['us', 'eu', 'in'];

/** What is wrong with the settings, or `null`. */
export function appSettingsFault(settings: CallAppSettingsLike): string | null {
  if (!isText(settings.getAppId())) return 'The app id must be a non-empty string: setAppId("…").';
  const region: unknown = settings.getRegion();
  if (!isText(region) || !regions.includes(region.toLowerCase()))
    return 'The region must be "us", "eu" or "in": setRegion("us").';
  const host: unknown = settings.getHost();
  if (typeof host !== 'string')
    return 'The host must be the URL of your call server: setHost("https://calls.example.com").';
  return hostFault(host);
}

function hostFault(host: string): string | null {
  try {
    if (host !== '') serverBase(host);
    return null;
  } catch (error) {
    return `The host must be the URL of your call server. ${asCallError(error).message}`;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
