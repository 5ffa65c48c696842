import { createHash } from 'node:crypto';
import { clockLeeway } from '../auth/token-validity.js';
import { signatureOf, type UsedTokens } from '../auth/used-tokens.js';
import { redisKeys } from './node/redis-keys.js';
import type { RedisNode } from './node/redis-node.js';

/** Remembers in Redis which call tokens were used, for as long as it matters. */
export class RedisUsedTokens implements UsedTokens {
  constructor(private readonly node: RedisNode) {}

  async has(token: string): Promise<boolean> {
    return (await this.node.command('EXISTS', keyOf(token))) === 1;
  }

  add(token: string, expiresAt: number): void {
    // A token that is not remembered has a minute more: no reason to refuse the join.
    this.node
      .command('SET', keyOf(token), '1', 'EXAT', String(Math.ceil(expiresAt) + clockLeeway))
      .catch(() => undefined);
  }
}

/** Hashed: who can read Redis must not find parts of tokens there. */
function keyOf(token: string): string {
  return redisKeys.usedToken(createHash('sha256').update(signatureOf(token)).digest('base64url'));
}
