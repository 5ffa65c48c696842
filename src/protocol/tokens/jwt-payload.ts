/** Removes what is often copied along with a token: spaces, line breaks, quotes, and the `Bearer` of a header. */
export function bareToken(text: string): string {
  return text.replace(/^\W*bearer[\s:]+/i, '').replace(/[\s"']/g, '');
}

/**
 * Decodes the payload of a JSON Web Token (RFC 7519) without verifying its signature, which only the server can.
 * `undefined` for anything else.
 */
export function jwtPayload(token: string): unknown {
  const [, payload = ''] = bareToken(token).split('.');
  try {
    const base64 = payload.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not base64url, or not JSON. The server would reject it too.
    return undefined;
  }
}
