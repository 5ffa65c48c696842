const regions = ['us', 'eu', 'in'];

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

  /** Any name for your application. CometChat's own app id does, too. */
  setAppId(appId: string): this {
    this.#settings.setAppId(appId);
    return this;
  }

  /** `us`, `eu` or `in`. Kept for CometChat's sake: a server of your own has no regions. */
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

/** The getters that count, whoever's class they are on. */
export type CallAppSettingsLike = Pick<CallAppSettings, 'getAppId' | 'getRegion' | 'getHost'>;

export function isCallAppSettings(value: unknown): value is CallAppSettingsLike {
  const settings = value as Partial<CallAppSettingsLike> | null | undefined;
  return typeof settings?.getAppId === 'function' && typeof settings.getRegion === 'function';
}

/** What is wrong with the settings, or `null`. */
export function appSettingsFault(settings: CallAppSettingsLike): string | null {
  if (!isText(settings.getAppId())) return 'The app id must be a non-empty string: setAppId("…").';
  const region: unknown = settings.getRegion();
  if (!isText(region) || !regions.includes(region.toLowerCase()))
    return 'The region must be "us", "eu" or "in": setRegion("us").';
  const host: unknown = settings.getHost();
  if (typeof host !== 'string' || (host !== '' && !URL.canParse(host, 'https://page.invalid')))
    return 'The host must be the URL of your call server: setHost("https://calls.example.com").';
  return null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
