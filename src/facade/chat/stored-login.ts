import type { KeyValueStore } from '../../session/ring/page-environment.js';

/** Who is signed in, as remembered between two pages. */
export interface StoredLogin {
  readonly uid: string;
  readonly name: string;
  readonly avatar: string;
  readonly authToken: string;
}

/** Stores the signed-in user of each application. */
export class LoginStore {
  readonly #key: string;

  constructor(
    appId: string,
    private readonly store: KeyValueStore,
  ) {
    this.#key = `cometchat-call:user:${appId}`;
  }

  read(): StoredLogin | undefined {
    try {
      const { uid, name, avatar, authToken } = JSON.parse(
        this.store.getItem(this.#key) ?? '{}',
      ) as Partial<StoredLogin>;
      if (!uid || !authToken) return undefined;
      return { uid, name: name ?? uid, avatar: avatar ?? '', authToken };
    } catch {
      // Other code wrote there: no user is signed in.
      return undefined;
    }
  }

  write(login: StoredLogin): void {
    try {
      this.store.setItem(this.#key, JSON.stringify(login));
    } catch {
      // The store is full: the user is signed in until the page goes.
    }
  }

  clear(): void {
    this.store.removeItem(this.#key);
  }
}
