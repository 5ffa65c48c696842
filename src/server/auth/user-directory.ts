import type { TokenUser } from '../../protocol/tokens/token-claims.js';

interface UserDetails {
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
}

/** What other nodes must know of a change. */
export type UserMessage =
  | { readonly type: 'user'; readonly user: TokenUser }
  | { readonly type: 'user-forgotten'; readonly uid: string };

/** The latest names and avatars of users, so that new tokens carry them. */
export class UserDirectory {
  readonly #users = new Map<string, TokenUser>();

  constructor(
    private readonly publish: (message: UserMessage) => void = () => undefined,
    private readonly capacity = 10_000,
  ) {}

  /** Updates a user; omitted details keep their values. */
  update(uid: string, details: UserDetails): TokenUser {
    const before = this.#users.get(uid);
    const user: TokenUser = {
      uid,
      name: details.name ?? before?.name ?? uid,
      avatar: details.avatar ?? before?.avatar ?? '',
    };
    this.#store(user);
    this.publish({ type: 'user', user });
    return user;
  }

  forget(uid: string): void {
    this.#users.delete(uid);
    this.publish({ type: 'user-forgotten', uid });
  }

  /** Another node has learned of a change. */
  receive(message: UserMessage): void {
    if (message.type === 'user') this.#store(message.user);
    else this.#users.delete(message.uid);
  }

  /** The most recently updated users, newest first. */
  recent(count: number): readonly TokenUser[] {
    return [...this.#users.values()].slice(-count).reverse();
  }

  /** The latest details of a user, or `known` if there are none. */
  latestOf(known: TokenUser): TokenUser {
    return this.#users.get(known.uid) ?? known;
  }

  #store(user: TokenUser): void {
    this.#users.delete(user.uid);
    this.#users.set(user.uid, user);
    const [oldest] = this.#users.keys();
    if (this.#users.size > this.capacity && oldest !== undefined) this.#users.delete(oldest);
  }
}
