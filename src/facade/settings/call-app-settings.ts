/** Which server the SDK talks to. */
export class CallAppSettings {
  #appId = '';
  #region = '';
  #host = '';

  getAppId(): string {
    return this.#appId;
  }
  setAppId(appId: string): void {
    this.#appId = appId;
  }
  getRegion(): string {
    return this.#region;
  }
  setRegion(region: string): void {
    this.#region = region;
  }
  getHost(): string {
    return this.#host;
  }
  setHost(host: string): void {
    this.#host = host;
  }
}

/** Builds what `CometChatCalls.init` takes. */
export class CallAppSettingsBuilder {
  readonly #settings = new CallAppSettings();

  /** Any name for your application, such as CometChat's app id. */
  setAppId(appId: string): this {
    this.#settings.setAppId(appId);
    return this;
  }

  /** `us`, `eu` or `in`. Kept for compatibility: a self-hosted server has no regions. */
  setRegion(region: string): this {
    this.#settings.setRegion(region);
    return this;
  }

  /** URL of your call server. Default: the page's origin. */
  setHost(host: string): this {
    this.#settings.setHost(host);
    return this;
  }

  build(): CallAppSettings {
    return this.#settings;
  }
}

/** The getters that are read, on an object of any class. */
export type CallAppSettingsLike = Pick<CallAppSettings, 'getAppId' | 'getRegion' | 'getHost'>;

export function isCallAppSettings(value: unknown): value is CallAppSettingsLike {
  const settings = value as Partial<CallAppSettingsLike> | null | undefined;
  return typeof settings?.getAppId === 'function' && typeof settings.getRegion === 'function';
}
