import { loadChunk } from '../../../base/load-chunk.js';
import { asCallError, type CallError } from '../../../domain/call-error.js';
import { bareToken, jwtPayload } from '../../../protocol/tokens/jwt-payload.js';
import { maxJoinBytes } from '../../../protocol/message-limits.js';

interface Claims {
  readonly iss?: unknown;
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly iat?: unknown;
  readonly data?: { readonly sessionId?: unknown; readonly user?: { readonly uid?: unknown } };
}

/**
 * The issuer named in a call token, or why every server would reject the token, so that the call can fail at once. Only an
 * unusual token loads the code that validates all claims.
 */
export async function tokenIssuer(
  token: string,
): Promise<{ readonly issuer?: string | undefined; readonly failure?: CallError }> {
  const claims = jwtPayload(token) as Claims | null | undefined;
  const isSound = bareToken(token).split('.').length === 3 && token.length <= maxJoinBytes;
  if (isSound && isOrdinary(claims)) return { issuer: claims.iss };
  const reader = await loadChunk(
    'token-claims',
    () => import('../../../protocol/tokens/token-claims.js'),
  ).catch(() => undefined);
  // The server validates it as strictly.
  if (!reader) return { issuer: typeof claims?.iss === 'string' ? claims.iss : undefined };
  try {
    return { issuer: reader.readCallToken(token).iss };
  } catch (error) {
    return { failure: asCallError(error) };
  }
}

/** Stricter than the full validation: what passes here is valid. */
function isOrdinary(claims: Claims | null | undefined): claims is Claims & { readonly iss?: string } {
  const { data, iss = '', exp, nbf = exp, iat = exp } = claims ?? {};
  return (
    [data?.sessionId, data?.user?.uid].every((id) => typeof id === 'string' && /^\S{1,64}$/.test(id)) &&
    [exp, nbf, iat].every((time) => typeof time === 'number' && Math.abs(time) < 1e10) &&
    typeof iss === 'string'
  );
}
