/** A user of the v5 names, as `login` resolves with it. */
export interface CallsUser {
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
  readonly status: string;
  readonly authToken: string;
}

/** A listener for users who sign in and out. */
export interface LoginListener {
  onLoginSuccess?: (user: CallsUser) => void;
  onLoginFailure?: (error: Error) => void;
  onLogoutSuccess?: () => void;
  onLogoutFailure?: (error: Error) => void;
}
