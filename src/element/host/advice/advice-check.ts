import { normalized, settingNames, settingRows, type SettingRow } from '../../../settings/setting-rows.js';
import type { SettingProperties } from '../setting-properties.js';

/** What every element may have, and what of this one is no setting. */
const plainNames =
  /^(token|server-url|signaling|session-id|user-name|theme|id|class|style|slot|part|hidden|lang|dir|title|role|(data|aria)-.*)$/;

/** Properties with a choice that are no settings; the first is what others mean. */
export const plainChoices: Readonly<Record<string, readonly [string, ...string[]]>> = {
  theme: ['auto', 'light', 'dark'],
  signaling: ['server', 'broadcast'],
};

export function isPlainChoice(name: string, value: string): boolean {
  return value === '' || plainChoices[name]?.includes(normalized(value)) === true;
}

/**
 * Whether the page has written something of the element that may not do what it seems to. True too often rather than too
 * rarely: `host-advice.ts`, loaded then, checks in detail.
 */
export function needsAdvice(host: HTMLElement & SettingProperties): boolean {
  return (
    host.clientWidth < 300 ||
    host.clientHeight < 200 ||
    Object.keys(plainChoices).some((name) => !isPlainChoice(name, String(Reflect.get(host, name) ?? ''))) ||
    settingNames.some((name) => isOddValue(settingRows[name], host[name])) ||
    host
      .getAttributeNames()
      .some((name) => !plainNames.test(name) && isOdd(name, host.getAttribute(name) ?? ''))
  );
}

/** No setting, or one whose value is not written as the table writes it. */
function isOdd(name: string, text: string): boolean {
  const rows = settingNames.map((each) => settingRows[each]);
  const row: SettingRow<unknown> | undefined = rows.find(({ attribute }) => attribute === name);
  return !row || isOddValue(row, text);
}

/** A text that a setting does not read as it is written. */
function isOddValue(row: SettingRow<unknown>, text: unknown): boolean {
  return (
    typeof text === 'string' &&
    text !== '' &&
    row.kind !== 'text' &&
    normalized(String(row.parse(text))) !== normalized(text)
  );
}
