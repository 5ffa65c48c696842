import { CallSettings, type CallSettingsChoices } from './call-settings.js';
import { SettingsBuilder } from './settings-builder.js';

/** The settings of a presentation, as `PresenterSettingsBuilder.build()` makes them. */
export class PresenterSettings extends CallSettings {
  static {
    Object.assign(this.prototype, {
      getIdleTimeoutPeriod(this: PresenterSettings) {
        return this.#hasIdleTimeoutPeriod ? this.getChoices().idleTimeoutPeriod : undefined;
      },
    });
  }

  readonly #hasIdleTimeoutPeriod: boolean;

  /** `hasIdleTimeoutPeriod`: it was chosen. CometChat's presentations have no default; ours have that of a call. */
  constructor(choices: CallSettingsChoices, hasIdleTimeoutPeriod = false) {
    super({ ...choices, mode: 'PRESENTER' });
    this.#hasIdleTimeoutPeriod = hasIdleTimeoutPeriod;
  }

  /** Whether this user presents; otherwise they only watch. */
  getIsPresenter(): boolean {
    return this.getChoices().presentation === 'presenter';
  }
}

/** Builds the settings of a presentation: those of a call, and whether this user presents. There is no layout to choose. */
export class PresenterSettingsBuilder extends SettingsBuilder {
  #isPresenter = false;
  #hasIdleTimeoutPeriod = false;

  /** `true`: this user presents. Default `false`: they watch, send nothing, and are not asked for camera and microphone. */
  setIsPresenter(isPresenter: boolean): this {
    this.#isPresenter = isPresenter;
    return this;
  }

  override setIdleTimeoutPeriod(idleTimeoutPeriod: number): this {
    this.#hasIdleTimeoutPeriod = true;
    return super.setIdleTimeoutPeriod(idleTimeoutPeriod);
  }

  override build(): PresenterSettings {
    const presentation = this.#isPresenter ? 'presenter' : 'viewer';
    return new PresenterSettings({ ...this.choices, presentation }, this.#hasIdleTimeoutPeriod);
  }
}
