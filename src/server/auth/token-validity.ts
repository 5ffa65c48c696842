import { CallError } from '../../domain/call-error.js';
import type { TokenTimes } from '../../protocol/token-claims.js';

/** Seconds by which the clocks of those who sign tokens and of this server may differ. */
export const clockLeeway = 60;

/** `leeway`: it has expired by this server's clock, but perhaps not by that of its issuer. */
export type Validity = 'valid' | 'leeway' | 'expired';

/** Whether a token has expired. Throws TOKEN_NOT_YET_VALID for one that will be valid later. */
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
