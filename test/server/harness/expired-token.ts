import { decodeJwt, SignJWT } from 'jose';

/** The same token, expired `seconds` ago: one that a server made so much earlier. */
export async function expiredToken(
  token: string | Promise<string>,
  secret: string,
  seconds = 69,
): Promise<string> {
  const claims = decodeJwt(await token);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(Math.floor(Date.now() / 1000) - seconds)
    .sign(new TextEncoder().encode(secret));
}
