import type { CallAppSettingsLike } from '../settings/call-app-settings.js';
import type { CurrentSession, Turn } from './current-session.js';
import type { CallsUser } from '../v5/account/calls-user.js';

/** What `init` said: which server, and (v5, while developing) with which key users sign in. */
export interface CallsApp extends CallAppSettingsLike {
  readonly authKey?: string;
}

/** What all names of the SDK speak of, of whichever version they are. One per page, as the SDK has it. */
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
