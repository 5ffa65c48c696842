import type { CallsState } from '../../session/calls-state.js';
import type { CallsUser } from './calls-user.js';

/** Where it is kept. */
export const userKey = 'cometchat-call:calls-user';

/** Who is signed in to the application: known at once, also before `init` has ended, and kept between pages. */
export function storedUser(calls: CallsState): CallsUser | null {
  try {
    const { appId, user } = JSON.parse(localStorage.getItem(userKey) ?? '') as {
      readonly appId?: string;
      readonly user?: CallsUser;
    };
    return user?.authToken && (calls.app?.getAppId() ?? appId) === appId ? user : null;
  } catch {
    // Nothing is stored, or may be.
    return calls.user;
  }
}
