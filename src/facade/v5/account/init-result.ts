/** What `init` of v5 resolves with: it never rejects. */
export type InitResult =
  { readonly success: true; readonly error: null } | { readonly success: false; readonly error: InitError };

/** What is wrong with the settings. */
export interface InitError extends Error {
  readonly code: string;
  readonly errorCode: string;
  readonly errorDescription: string;
  /** ms since 1970. */
  readonly timestamp: number;
}
