import type { CallAppSettingsLike } from '../settings/call-app-settings.js';
import type { CurrentSession, Turn } from './current-session.js';
import type { CallsUser } from '../v5/account/calls-user.js';

/** The options of `init`: the server and (v5, in development) the auth key for users to sign in. */
export interface CallsApp extends CallAppSettingsLike {
  readonly authKey?: string;
}

/** The state shared by all versions of the SDK's API. One per page, as in the SDK. */
export interface CallsState extends Turn {
  /** There as soon as the code of sessions is loaded: before, no session can have begun. */
  session?: CurrentSession;
  app: CallsApp | undefined;
  /** Who is signed in (v5), where the browser does not let it be stored. */
  user: CallsUser | null;
}

/** The same once the code of sessions is loaded. */
export type LoadedCalls = CallsState & { readonly session: CurrentSession };

export const calls: CallsState = { app: undefined, user: null, generation: 0 };
