import { normalized, settingNames, settingRows, type SettingRow } from '../../../settings/setting-rows.js';
import type { SettingProperties } from '../setting-properties.js';

/** What every element may have, and what of this one is no setting. */
const plainNames =
  /^(token|server-url|signaling|session-id|user-name|theme|id|class|style|slot|part|hidden|lang|dir|title|role|(data|aria)-.*)$/;

/**
 * Whether the page has written something of the element that may not do what it seems to. True too often rather than too
 * rarely: `host-advice.ts`, loaded then, checks in detail.
 */
export function needsAdvice(host: HTMLElement & SettingProperties): boolean {
  return (
    host.clientWidth < 300 ||
    host.clientHeight < 200 ||
    host
      .getAttributeNames()
      .some((name) => !plainNames.test(name) && isOdd(name, host.getAttribute(name) ?? ''))
  );
}

/** No setting, or one whose value is not written as the table writes it. */
function isOdd(name: string, text: string): boolean {
  const rows = settingNames.map((each) => settingRows[each]);
  const row: SettingRow<unknown> | undefined = rows.find(({ attribute }) => attribute === name);
  return (
    !row || (text !== '' && row.kind !== 'text' && normalized(String(row.parse(text))) !== normalized(text))
  );
}
