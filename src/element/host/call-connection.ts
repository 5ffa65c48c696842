import { isEncrypted, normalized } from '../../settings/setting-rows.js';
import { settingsOf, type SettingProperties } from './setting-properties.js';

/** The properties of the element that say which call to join, and how. */
export interface ConnectionProperties extends SettingProperties {
  token: string;
  serverUrl: string;
  signaling: 'server' | 'broadcast';
  sessionId: string;
  userName: string;
}

/** One call that can be joined. Two equal ones are the same call. */
export type CallConnection = (
  | { readonly signaling: 'server'; readonly token: string; readonly serverUrl: string }
  | { readonly signaling: 'broadcast'; readonly sessionId: string; readonly userName: string }
) & {
  /** A call in the clear never becomes an encrypted one, nor the other way round. */
  readonly encrypted: boolean;
};

/** The call that the properties name, or `null` while they name none. */
export function connectionOf(properties: ConnectionProperties): CallConnection | null {
  const text = (name: 'token' | 'serverUrl' | 'sessionId' | 'userName'): string => textOf(properties[name]);
  const [token, sessionId] = [text('token'), text('sessionId')];
  const encrypted = isEncrypted(settingsOf(properties));
  if (normalized(properties.signaling) === 'broadcast')
    return sessionId ? { signaling: 'broadcast', sessionId, userName: text('userName'), encrypted } : null;
  return token ? { signaling: 'server', token, serverUrl: text('serverUrl'), encrypted } : null;
}

/** Frameworks set a property to `undefined` or `null`, and ids may be numbers. */
function textOf(value: string | number | null | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

export function isSameConnection(first: CallConnection | null, second: CallConnection | null): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}
