import { CallSettings } from './call-settings.js';
import { SettingsBuilder } from './settings-builder.js';

/** Builds the settings of a call. */
export class CallSettingsBuilder extends SettingsBuilder {
  /** `DEFAULT` (grid), `SPOTLIGHT`, `TILE` or `GRID` (grid), or `SINGLE`. */
  setMode(mode: string): this {
    return this.set({ mode });
  }

  override build(): CallSettings {
    return new CallSettings(this.choices);
  }
}
