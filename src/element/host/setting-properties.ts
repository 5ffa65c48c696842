import type { PropertyDeclarations } from 'lit';
import {
  defaultSettings,
  normalized,
  toBoolean,
  settingNames,
  settingRows,
  type CallSettings,
  type SettingRow,
} from '../../settings/setting-rows.js';

/** One Lit property per row of the settings table. */
export const settingProperties: PropertyDeclarations = Object.fromEntries(
  settingNames.map((name) => [
    name,
    { attribute: settingRows[name].attribute, converter: { fromAttribute: settingRows[name].parse } },
  ]),
);

/**
 * React 19 leaves an attribute out for `false`, which would leave on what is on by default, unless the element has a property of
 * that name: it then sets the property, and that writes the attribute.
 */
export function defineAttributeProperties(prototype: HTMLElement): void {
  for (const [name, { attribute, defaultValue }] of Object.entries(settingRows))
    if (defaultValue === true && attribute !== name)
      Object.defineProperty(prototype, attribute, {
        get(this: HTMLElement) {
          return this.getAttribute(attribute);
        },
        set(this: HTMLElement, value: string | boolean | null | undefined) {
          if (value === null || value === undefined) this.removeAttribute(attribute);
          else this.setAttribute(attribute, `${value}`);
        },
      });
}

/** The settings as properties that can be written. */
export type SettingProperties = { -readonly [Key in keyof CallSettings]: CallSettings[Key] };

/**
 * The settings that an element's properties hold now. A property may be given what its attribute may (frameworks give text,
 * and `undefined` for "not given"); what is none of its values is the default.
 */
export function settingsOf(element: SettingProperties & Partial<HTMLElement>): CallSettings {
  // Until its framework has read it, `:start-with-audio-muted` means muted.
  const unread = normalized(String(element.getAttributeNames?.().filter((name) => /[^\w-]/.test(name))));
  return Object.fromEntries(
    settingNames.map((name) => {
      const { objects, parse, aliases }: SettingRow<unknown> = settingRows[name];
      const isAliasOn = (other: string): boolean => toBoolean(Reflect.get(element, other) ?? false);
      const isUnread = name.startsWith('startWith') && unread.includes(normalized(name));
      const value: unknown = isUnread || aliases?.some(isAliasOn) || (element[name] ?? defaultSettings[name]);
      return [name, objects && typeof value === 'object' ? value : parse(String(value))];
    }),
  ) as unknown as CallSettings;
}
