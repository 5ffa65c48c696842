import type { CallsState } from '../calls-state.js';
import type { CallsUser } from './calls-user.js';

const key = 'cometchat-call:calls-user';

/** Who is signed in to the application: known at once, also before `init` has ended, and kept between pages. */
export function storedUser(calls: CallsState): CallsUser | null {
  try {
    const { appId, user } = JSON.parse(localStorage.getItem(key) ?? '') as {
      readonly appId?: string;
      readonly user?: CallsUser;
    };
    return user?.authToken && (calls.app?.getAppId() ?? appId) === appId ? user : null;
  } catch {
    // Nothing is stored, or may be.
    return calls.user;
  }
}

export function storeUser(calls: CallsState, user: CallsUser | null): void {
  calls.user = user;
  try {
    if (user) localStorage.setItem(key, JSON.stringify({ appId: calls.app?.getAppId(), user }));
    else localStorage.removeItem(key);
  } catch {
    // Storage is full or forbidden: the user is signed in until the page goes.
  }
}
