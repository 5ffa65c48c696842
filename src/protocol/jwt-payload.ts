/** A token without what comes along when it is copied: spaces, line ends, quotes, the `Bearer` of a header. */
export function bareToken(text: string): string {
  return text.replace(/^\W*bearer[\s:]+/i, '').replace(/[\s"']/g, '');
}

/**
 * Reads the payload of a JSON Web Token (RFC 7519) without checking its signature, which only the server can.
 * `undefined` for anything that is not one.
 */
export function jwtPayload(token: string): unknown {
  const [, payload = ''] = bareToken(token).split('.');
  try {
    const base64 = payload.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not base64url, or not JSON: not a token. The server's answer would say the same, later.
    return undefined;
  }
}
