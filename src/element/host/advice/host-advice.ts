import {
  toBoolean,
  normalized,
  settingNames,
  settingRows,
  spellingsOf,
  type SettingName,
  type SettingRow,
} from '../../../settings/setting-rows.js';
import type { SettingProperties } from '../setting-properties.js';
import { isPlainChoice, plainChoices } from './advice-check.js';

type Host = HTMLElement & SettingProperties;

/** CSS pixels: what a call needs to be operated. */
const minSize = { width: 300, height: 200 };

/** The attributes of the element that are no settings. */
const otherAttributes = ['token', 'server-url', 'signaling', 'session-id', 'user-name', 'theme'];

/** The advice already logged for each page. */
const given = new WeakMap<Document, Set<string>>();

/** ms for which a size must hold before it is judged: dialogs and panels open gradually. */
const settled = 500;

/** Tells the developer of the page, once and in the console, which attribute, value or style does not do what it seems to. */
export function adviseHost(host: Host, { signal }: { readonly signal: AbortSignal }): void {
  for (const advice of [
    ...attributeAdvice(host),
    ...settingNames.flatMap((name) => valueAdvice(host, name)),
    ...connectionAdvice(host),
  ])
    advise(host, advice);
  adviseOnSize(host, signal);
}

function advise(host: Host, advice: string): void {
  const before = given.get(host.ownerDocument) ?? new Set();
  given.set(host.ownerDocument, before);
  if (before.has(advice)) return;
  before.add(advice);
  // Not to the log, which is silent unless the page wants it: without a reader the fault stays.
  console.warn(`<${host.localName}>: ${advice}`);
}

const attributes: readonly string[] = [
  ...otherAttributes,
  ...settingNames.map((name) => settingRows[name].attribute),
];

/** Names that are another spelling of one, or close to one. */
function attributeAdvice(host: Host): string[] {
  return host.getAttributeNames().flatMap((name) => {
    // `:token` and its like are a template that its framework has not read yet.
    if (attributes.includes(name) || /[^\w-]/.test(name)) return [];
    const meant = attributes.find((each) => spellingsOf(each).includes(name));
    if (meant && host.hasAttribute(meant)) return [];
    if (meant) return [`the attribute "${name}" is read as ${meant}; write it that way.`];
    const near = nearest(name);
    return near ? [`there is no attribute "${name}", it is ignored. Did you mean ${near}?`] : [];
  });
}

/** The attribute whose letters resemble those of `name` most, if any does. */
function nearest(name: string): string | undefined {
  const likeness = (each: string): number => alike(normalized(name), normalized(each));
  const best = attributes.reduce((one, other) => (likeness(other) > likeness(one) ? other : one));
  return likeness(best) > 0.6 || renamed[name] ? (renamed[name] ?? best) : undefined;
}

/** Common mistakes by developers who know another element. */
const renamed: Readonly<Partial<Record<string, string>>> = {
  server: 'server-url',
  url: 'server-url',
  src: 'server-url',
  username: 'user-name',
};

/** 1 for the same text, 0 for none in common: the share of pairs of letters in both. */
function alike(one: string, other: string): number {
  const pairs = pairsOf(other);
  const total = one.length + other.length - 2;
  const common = pairsOf(one).filter((pair) => {
    const at = pairs.indexOf(pair);
    if (at >= 0) pairs.splice(at, 1);
    return at >= 0;
  });
  return total > 0 ? (2 * common.length) / total : 0;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

/** A value that is none of the setting's, be it of its attribute or of its property. */
function valueAdvice(host: Host, name: SettingName): string[] {
  const row: SettingRow<unknown> = settingRows[name];
  const written = host.getAttribute(row.attribute);
  const value = written ?? host[name];
  if (typeof value === 'object' || value === undefined || isValue(row, name, String(value))) return [];
  const used = JSON.stringify(row.parse(String(value)));
  const allowed = row.choices ? `one of ${row.choices.join(', ')}` : allowedOf[row.kind];
  return [`${row.attribute}="${String(value)}" is not ${allowed}: ${used} is used.`];
}

/** The two choices that are no settings. */
function connectionAdvice(host: Host): string[] {
  return Object.entries(plainChoices).flatMap(([name, [used, ...others]]) => {
    const value = String(Reflect.get(host, name) ?? '');
    const choices = [used, ...others].join(', ');
    return isPlainChoice(name, value)
      ? []
      : [`${name}="${value}" is not one of ${choices}: "${used}" is used.`];
  });
}

const allowedOf: Readonly<Partial<Record<SettingRow<unknown>['kind'], string>>> = {
  switch: '"true" or "false"',
  number: 'a number that it can be',
};

function isValue(row: SettingRow<unknown>, name: SettingName, text: string): boolean {
  const is = normalized(text);
  switch (row.kind) {
    case 'switch':
      return isSwitch(is) || is === normalized(name);
    case 'choice':
      return row.choices?.some((choice) => normalized(String(choice)) === is) ?? true;
    case 'number':
      return (is !== '' && row.parse(text) === Number(text)) || (name === 'backgroundBlur' && isSwitch(is));
    default:
      return true;
  }
}

const isSwitch = (text: string): boolean => !toBoolean(text) || ['', 'true', '1', 'yes', 'on'].includes(text);

/** Says, once it is shown, that the element is too small, and which style would help. */
function adviseOnSize(host: Host, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const judge = (): void => {
    // In a picture-in-picture window the user chooses the size.
    if (host.ownerDocument !== document || !isShown(host)) return;
    observer.disconnect();
    const style = missingStyle(host);
    if (style) advise(host, style);
  };
  const judgeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(judge, settled);
  };
  const observer = new ResizeObserver(judgeSoon);
  observer.observe(host);
  // Of something that has no size there is no news.
  judgeSoon();
  signal.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      clearTimeout(timer);
    },
    { once: true },
  );
}

function isShown(host: Host): boolean {
  return host.isConnected && (host.checkVisibility() || getComputedStyle(host).display === 'contents');
}

function missingStyle(host: Host): string | undefined {
  const { offsetWidth, offsetHeight } = host;
  const { display } = getComputedStyle(host);
  const narrow = offsetWidth < minSize.width;
  if (!narrow && offsetHeight >= minSize.height) return undefined;
  const size = `it is ${offsetWidth} x ${offsetHeight} px, too small to be used (at least ${minSize.width} x ${minSize.height})`;
  if (/^(inline|contents)$/.test(display))
    return `${size}: it has "display: ${display}", give it "display: block".`;
  const style = narrow ? `width: ${minSize.width}px` : `height: ${minSize.height}px`;
  return `${size}: give it, or the element around it, a larger ${narrow ? 'width' : 'height'}, such as "min-${style}".`;
}
