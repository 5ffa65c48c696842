/** A user of the v5 names, as `login` resolves with it. */
export interface CallsUser {
  /** The id of the user in the application. */
  readonly uid: string;
  /** The name that is shown. */
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
  /** `online`. */
  readonly status: string;
  /** The auth token of the login. */
  readonly authToken: string;
}

/** A listener for users who sign in and out. */
export interface LoginListener {
  /** A user logged in. */
  onLoginSuccess?: (user: CallsUser) => void;
  /** A login failed. */
  onLoginFailure?: (error: Error) => void;
  /** The user logged out. */
  onLogoutSuccess?: () => void;
  /** A logout failed. */
  onLogoutFailure?: (error: Error) => void;
}
