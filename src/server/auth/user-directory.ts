import type { TokenUser } from '../../protocol/token-claims.js';

interface UserDetails {
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
}

/** The latest names and avatars of users, so that new tokens carry them. */
export class UserDirectory {
  readonly #users = new Map<string, TokenUser>();

  constructor(private readonly capacity = 10_000) {}

  /** Updates a user; omitted details keep their values. */
  update(uid: string, details: UserDetails): TokenUser {
    const before = this.#users.get(uid);
    const user: TokenUser = {
      uid,
      name: details.name ?? before?.name ?? uid,
      avatar: details.avatar ?? before?.avatar ?? '',
    };
    this.#users.delete(uid);
    this.#users.set(uid, user);
    const [oldest] = this.#users.keys();
    if (this.#users.size > this.capacity && oldest !== undefined) this.#users.delete(oldest);
    return user;
  }

  /** The most recently updated users, newest first. */
  recent(count: number): readonly TokenUser[] {
    return [...this.#users.values()].slice(-count).reverse();
  }

  /** The latest details of a user, or `known` if there are none. */
  latestOf(known: TokenUser): TokenUser {
    return this.#users.get(known.uid) ?? known;
  }
}
