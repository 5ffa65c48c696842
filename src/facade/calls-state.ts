import type { CallAppSettingsLike } from './call-app-settings.js';
import { CurrentSession } from './current-session.js';
import type { CallsUser } from './v5/calls-user.js';

/** What `init` said: which server, and (v5, while developing) with which key users sign in. */
export interface CallsApp extends CallAppSettingsLike {
  readonly authKey?: string;
}

/** What all names of the SDK speak of, of whichever version they are. One per page, as the SDK has it. */
export interface CallsState {
  readonly session: CurrentSession;
  app: CallsApp | undefined;
  /** Who is signed in (v5), where the browser does not let it be stored. */
  user: CallsUser | null;
}

export const calls: CallsState = { session: new CurrentSession(), app: undefined, user: null };
