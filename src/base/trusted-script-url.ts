/** The used part of the Trusted Types API, which TypeScript's DOM library lacks. */
interface TrustedTypesScope {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { readonly createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): string };
  };
}

const policyName = 'cometchat-call';

let policy: { createScriptURL(url: string): string } | undefined;

/**
 * Marks the URL of a script of this package as trusted, for `new Worker()` in pages that enforce Trusted Types. Such a page
 * allows the policy `cometchat-call`. Where it does not, the URL is returned as it is, and the browser refuses the worker.
 * Source: https://w3c.github.io/trusted-types/dist/spec/
 */
export function trustedScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as TrustedTypesScope;
  try {
    policy ??= trustedTypes?.createPolicy(policyName, { createScriptURL: (trusted) => trusted });
  } catch {
    // The page allows no policy of this name, or another copy of the package has created it.
  }
  return policy?.createScriptURL(url) ?? url;
}
