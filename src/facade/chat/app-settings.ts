/** Where the signed-in user is remembered: in the browser (`LOCAL`), or for this tab only (`SESSION`). */
export type StorageMode = 'LOCAL' | 'SESSION';

interface Choices {
  readonly region: string;
  readonly host: string;
  readonly storageMode: StorageMode;
  readonly roles: readonly string[] | null;
  readonly subscriptionType: 'NONE' | 'ALL_USERS' | 'ROLES' | 'FRIENDS';
  readonly autoJoinGroup: boolean;
  readonly establishSocketConnection: boolean;
}

/** What `CometChat.init` takes. */
export class AppSettings {
  readonly #choices: Choices;

  constructor(choices: Choices = initialChoices) {
    this.#choices = choices;
  }
  /** The region as it was set; a self-hosted server has none. */
  getRegion(): string {
    return this.#choices.region;
  }
  /** The call server; empty: the one the page came from. */
  getHost(): string {
    return this.#choices.host;
  }
  /** Where the signed-in user is remembered. Default `LOCAL`. */
  getStorageMode(): StorageMode {
    return this.#choices.storageMode;
  }
  /** The roles of `subscribePresenceForRoles`, or `null`. Without effect. */
  getRoles(): readonly string[] | null {
    return this.#choices.roles;
  }
  /** `NONE`, `ALL_USERS`, `ROLES` or `FRIENDS`. Without effect. */
  getSubscriptionType(): string {
    return this.#choices.subscriptionType;
  }
  /** The value of `enableAutoJoinForGroups`. Without effect. */
  getIsAutoJoinGroup(): boolean {
    return this.#choices.autoJoinGroup;
  }
  /** The value of `autoEstablishSocketConnection`. Without effect. */
  shouldAutoEstablishSocketConnection(): boolean {
    return this.#choices.establishSocketConnection;
  }
}

const initialChoices: Choices = {
  region: '',
  host: '',
  storageMode: 'LOCAL',
  roles: null,
  subscriptionType: 'NONE',
  autoJoinGroup: true,
  establishSocketConnection: true,
};

/** Builds the settings of `CometChat.init`. All are optional; the default server is the page's origin. */
export class AppSettingsBuilder {
  #choices = initialChoices;

  /** Accepted for compatibility; a self-hosted server has no regions. */
  setRegion(region: string): this {
    return this.#with({ region });
  }
  /** The URL of the call server. */
  setHost(host: string): this {
    return this.#with({ host });
  }
  /** The same, by CometChat's name. */
  overrideClientHost(clientHost: string): this {
    return this.#with({ host: clientHost });
  }
  /** The same again, unless another host was given. */
  overrideAdminHost(adminHost: string): this {
    return this.#with({ host: this.#choices.host || adminHost });
  }
  /** `LOCAL` remembers the signed-in user in the browser, `SESSION` only in this tab. Default `LOCAL`. */
  setStorageMode(storageMode: StorageMode): this {
    return this.#with({ storageMode });
  }
  /** Accepted, without effect: ringing needs no presence. */
  subscribePresenceForAllUsers(): this {
    return this.#with({ subscriptionType: 'ALL_USERS' });
  }
  /** Accepted, without effect. */
  subscribePresenceForRoles(roles: readonly string[]): this {
    return this.#with({ subscriptionType: 'ROLES', roles: [...roles] });
  }
  /** Accepted, without effect. */
  subscribePresenceForFriends(): this {
    return this.#with({ subscriptionType: 'FRIENDS' });
  }
  /** Accepted without effect: each call names the members of its group. */
  enableAutoJoinForGroups(autoJoinGroup: boolean): this {
    return this.#with({ autoJoinGroup });
  }
  /** Accepted, without effect: without its connection no call could ring. */
  autoEstablishSocketConnection(establishSocketConnection: boolean): this {
    return this.#with({ establishSocketConnection });
  }
  /** The settings for `CometChat.init`. */
  build(): AppSettings {
    return new AppSettings(this.#choices);
  }

  #with(changes: Partial<Choices>): this {
    this.#choices = { ...this.#choices, ...changes };
    return this;
  }
}
