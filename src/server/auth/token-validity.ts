import { CallError } from '../../domain/call-error.js';
import type { TokenTimes } from '../../protocol/tokens/token-claims.js';

/** Tolerated difference (seconds) between this server's clock and that of a token's issuer. */
export const clockLeeway = 60;

/** `leeway`: expired by less than `clockLeeway`, so perhaps not by the issuer's clock. */
export type Validity = 'valid' | 'leeway' | 'expired';

/** Whether a token has expired. Throws TOKEN_NOT_YET_VALID if `nbf` or `iat` is in the future. */
export function validityOf(times: TokenTimes, now: number): Validity {
  for (const claim of ['nbf', 'iat'] as const) {
    const validAt = ((times[claim] ?? 0) - clockLeeway) * 1000;
    if (validAt > now)
      throw new CallError('TOKEN_NOT_YET_VALID', {
        details: { claim, retryAfterMs: Math.ceil(validAt - now) },
      });
  }
  if (now < times.exp * 1000) return 'valid';
  return now < (times.exp + clockLeeway) * 1000 ? 'leeway' : 'expired';
}
