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

  /** The id of the user in your application. */
  getUid(): string {
    return this.#fields.uid;
  }
  /** Sets the id. */
  setUid(uid: string): void {
    this.#fields.uid = uid;
  }
  /** The display name; by default the uid. */
  getName(): string {
    return this.#fields.name;
  }
  /** Sets the display name. */
  setName(name: string): void {
    this.#fields.name = name;
  }
  /** URL of a picture, or empty. */
  getAvatar(): string {
    return this.#fields.avatar;
  }
  /** Sets the URL of the picture. */
  setAvatar(avatar: string): void {
    this.#fields.avatar = avatar;
  }
  /** Of the signed-in user; empty for all others. */
  getAuthToken(): string {
    return this.#fields.authToken;
  }
  /** Sets the auth token. `CometChat.login` does not read it. */
  setAuthToken(authToken: string): void {
    this.#fields.authToken = authToken;
  }
  /** Custom data of your application; by default an empty object. The call server does not store it. */
  getMetadata(): object {
    return this.#fields.metadata;
  }
  /** Sets the custom data of this object. */
  setMetadata(metadata: object): void {
    this.#fields.metadata = metadata;
  }
  /** A URL of the user’s page, or empty. The call server does not store it. */
  getLink(): string {
    return this.#fields.link;
  }
  /** Sets the URL of the user’s page in this object. */
  setLink(link: string): void {
    this.#fields.link = link;
  }
  /** CometChat’s role; by default `default`. It grants no rights: those come from the token. */
  getRole(): string {
    return this.#fields.role;
  }
  /** Sets the role in this object. */
  setRole(role: string): void {
    this.#fields.role = role;
  }
  /** `online` by default; the call server keeps no presence for it. */
  getStatus(): string {
    return this.#fields.status;
  }
  /** Sets the status in this object. */
  setStatus(status: string): void {
    this.#fields.status = status;
  }
  /** A text beside the status, or empty. */
  getStatusMessage(): string {
    return this.#fields.statusMessage;
  }
  /** Sets the text beside the status in this object. */
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

  /** The id of the group in your application. */
  getGuid(): string {
    return this.guid;
  }
  /** The display name; by default the id. */
  getName(): string {
    return this.name;
  }
  /** URL of a picture, or empty. */
  getIcon(): string {
    return this.icon;
  }
}
