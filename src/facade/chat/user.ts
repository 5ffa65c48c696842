/** What is known of a user. */
export interface UserFields {
  uid: string;
  name: string;
  avatar: string;
  authToken: string;
  metadata: object;
  link: string;
  role: string;
  status: string;
  statusMessage: string;
}

/** A user, as CometChat's classes describe one. */
export class User {
  readonly #fields: UserFields;

  constructor(user: string | Partial<UserFields>) {
    const { uid = '', name = uid, ...rest } = typeof user === 'string' ? { uid: user } : user;
    this.#fields = {
      avatar: '',
      authToken: '',
      metadata: {},
      link: '',
      role: 'default',
      status: 'online',
      statusMessage: '',
      ...rest,
      uid,
      name,
    };
  }

  getUid(): string {
    return this.#fields.uid;
  }
  setUid(uid: string): void {
    this.#fields.uid = uid;
  }
  getName(): string {
    return this.#fields.name;
  }
  setName(name: string): void {
    this.#fields.name = name;
  }
  /** URL of a picture, or empty. */
  getAvatar(): string {
    return this.#fields.avatar;
  }
  setAvatar(avatar: string): void {
    this.#fields.avatar = avatar;
  }
  /** Of the signed-in user; empty for all others. */
  getAuthToken(): string {
    return this.#fields.authToken;
  }
  setAuthToken(authToken: string): void {
    this.#fields.authToken = authToken;
  }
  getMetadata(): object {
    return this.#fields.metadata;
  }
  setMetadata(metadata: object): void {
    this.#fields.metadata = metadata;
  }
  getLink(): string {
    return this.#fields.link;
  }
  setLink(link: string): void {
    this.#fields.link = link;
  }
  getRole(): string {
    return this.#fields.role;
  }
  setRole(role: string): void {
    this.#fields.role = role;
  }
  getStatus(): string {
    return this.#fields.status;
  }
  setStatus(status: string): void {
    this.#fields.status = status;
  }
  getStatusMessage(): string {
    return this.#fields.statusMessage;
  }
  setStatusMessage(statusMessage: string): void {
    this.#fields.statusMessage = statusMessage;
  }
  /** What `JSON.stringify` makes of it; never the auth token. */
  toJSON(): Omit<UserFields, 'authToken'> {
    const { authToken: _, ...shown } = this.#fields;
    return shown;
  }
}

/** A group that is called: its members are those that the call names. */
export class Group {
  constructor(
    private readonly guid: string,
    private readonly name: string = guid,
    private readonly icon: string = '',
  ) {}

  getGuid(): string {
    return this.guid;
  }
  getName(): string {
    return this.name;
  }
  getIcon(): string {
    return this.icon;
  }
}
