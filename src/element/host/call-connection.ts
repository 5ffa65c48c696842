import { plainly } from '../../settings/setting-rows.js';

/** The properties of the element that say which call to join, and how. */
export interface ConnectionProperties {
  token: string;
  serverUrl: string;
  signaling: 'server' | 'broadcast';
  sessionId: string;
  userName: string;
}

/** One call that can be joined. Two equal ones are the same call. */
export type CallConnection =
  | { readonly signaling: 'server'; readonly token: string; readonly serverUrl: string }
  | { readonly signaling: 'broadcast'; readonly sessionId: string; readonly userName: string };

/** The call that the properties name, or `null` while they name none. */
export function connectionOf(properties: ConnectionProperties): CallConnection | null {
  const { token, serverUrl, signaling, sessionId, userName } = properties;
  if (plainly(signaling) === 'broadcast')
    return sessionId ? { signaling: 'broadcast', sessionId, userName } : null;
  return token ? { signaling: 'server', token, serverUrl } : null;
}

export function isSameConnection(first: CallConnection | null, second: CallConnection | null): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}
