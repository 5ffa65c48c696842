/**
 * Removes what is often copied along with a token: spaces, line breaks, quotes, and the `Bearer` of a header. Frameworks may set
 * the property to any value.
 */
export function bareToken(text: string | number | null | undefined): string {
  return String(text ?? '')
    .replace(/^\W*bearer[\s:]+/i, '')
    .replace(/[\s"']/g, '');
}

/**
 * Decodes the payload of a JSON Web Token (RFC 7519) without verifying its signature, which only the server can.
 * `undefined` for anything else.
 */
export function jwtPayload(token: string | number | null | undefined): unknown {
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
