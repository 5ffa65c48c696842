import type { CallsState } from '../../session/calls-state.js';
import type { CallsUser } from './calls-user.js';
import { userKey } from './stored-user.js';

/** Stores the signed-in user. */
export function storeUser(calls: CallsState, user: CallsUser | null): void {
  calls.user = user;
  try {
    if (user) localStorage.setItem(userKey, JSON.stringify({ appId: calls.app?.getAppId(), user }));
    else localStorage.removeItem(userKey);
  } catch {
    // Storage is full or forbidden: the user is signed in until the page goes.
  }
}
