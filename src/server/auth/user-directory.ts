import type { TokenUser } from '../../protocol/token-claims.js';

interface UserDetails {
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
}

/** How users were last named, so that tokens made later carry the newest name and picture. */
export class UserDirectory {
  readonly #users = new Map<string, TokenUser>();

  constructor(private readonly capacity = 10_000) {}

  /** The user with what is newly known; what is not given stays as it was. */
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

  /** The users named last, the newest first. */
  recent(count: number): readonly TokenUser[] {
    return [...this.#users.values()].slice(-count).reverse();
  }

  /** The user as last named; `known` when nothing newer was said. */
  latestOf(known: TokenUser): TokenUser {
    return this.#users.get(known.uid) ?? known;
  }
}
