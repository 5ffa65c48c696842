import { appSettingsFault } from '../../settings/app-settings-fault.js';
import type { CallsApp } from '../../session/calls-state.js';
import { chatHost } from '../../chat/chat-host.js';

/** What `init` of v5 takes. */
export interface PlainAppSettings {
  /** Any name for your application. */
  readonly appId: string;
  /** `us`, `eu` or `in`, in any case: kept for CometChat's sake. */
  readonly region: string;
  /** Your call server. Default: the page's origin. */
  readonly host?: string | null;
  /** Used where there is no `host`. */
  readonly clientHost?: string | null;
  /** Used where there is neither. */
  readonly adminHost?: string | null;
  /** The API key of the call server, for `login(uid)`: only while developing. */
  readonly authKey?: string;
}

/** What `initFromSettings` takes: the contents of `cometchat-settings.json`. */
export interface SettingsFile extends Pick<PlainAppSettings, 'appId' | 'region'> {
  readonly credentials?: { readonly authKey?: string };
  readonly callsSDK?: Pick<PlainAppSettings, 'host' | 'clientHost' | 'adminHost'>;
}

/** The settings as the rest of the SDK reads them, or what is wrong with them. */
export function appOf(settings: PlainAppSettings): CallsApp | string {
  const { appId, region, authKey } = settings;
  if (authKey !== undefined && typeof authKey !== 'string') return 'The authKey must be a text.';
  const host = settings.host ?? settings.clientHost ?? settings.adminHost ?? '';
  const app = {
    getAppId: () => appId,
    getRegion: () => region,
    getHost: () => host,
    ...(authKey && { authKey }),
  };
  const fault = appSettingsFault(app);
  if (fault !== null || host === '') return fault ?? app;
  try {
    const url = chatHost(host, location.href);
    return { ...app, getHost: () => url };
  } catch (error) {
    return `The host must be the URL of your call server. ${(error as Error).message}`;
  }
}

/** The same settings, out of the file. */
export function fromFile(file: SettingsFile): PlainAppSettings {
  const { appId, region, credentials, callsSDK } = file ?? {};
  return { appId, region, ...callsSDK, ...(credentials?.authKey && { authKey: credentials.authKey }) };
}
