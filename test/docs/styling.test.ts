import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { callParts, callSlots } from '../../src/ui/view/call-parts.js';
import { reflectStates } from '../../src/element/host/host-states.js';
import { idle } from '../../src/domain/call/call-state.js';
import { tokens } from '../../src/ui/base/styles/tokens.styles.js';
import { contrast, resolve, tokensOf, type Scheme, type Tokens } from '../tools/checks/contrast.js';
import { callElement, freshStylingDocs, stylingDocs } from '../tools/manifest/styling-docs.mjs';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort();
const element: Readonly<
  Record<'cssProperties' | 'cssParts' | 'cssStates' | 'slots', readonly { readonly name: string }[]>
> = callElement();
const host = /:host \{(.*?)\n {2}\}/s.exec(tokens.cssText)?.[1] ?? '';
const more = /prefers-contrast: more\) \{(.*?)\n {2}\}/s.exec(tokens.cssText)?.[1] ?? '';
const defaults = tokensOf(host);

describe('the styling contract', () => {
  it('documents every token', () => {
    assert.ok(defaults.size > 20);
    assert.deepEqual(names(element.cssProperties), [...defaults.keys()].sort());
  });

  it('documents every part', () => assert.deepEqual(names(element.cssParts), [...callParts].sort()));

  it('documents every slot', () =>
    assert.deepEqual(
      names(element.slots).filter((name) => name !== ''),
      [...callSlots].sort(),
    ));

  it('documents every custom state', () => {
    const states: { name: string }[] = [];
    reflectStates((name) => states.push({ name }), idle);
    assert.deepEqual(names(element.cssStates), names(states));
  });

  it('is written down as it is', async () => assert.equal(stylingDocs(), await freshStylingDocs()));

  it('is shown in full: the page with the parts restyles every one of them', () => {
    const restyled = new Set(
      [...read('demo/styling/restyled.css').matchAll(/::part\(([\w-]+)\)/g)].map(([, part]) => part),
    );
    assert.deepEqual([...restyled].sort(), [...callParts].sort());
  });

  it('has no token that nothing reads', () => {
    const sources = element.cssProperties.map(({ name }) => name);
    const styles = ['ui', 'element'].flatMap((folder) => stylesIn(folder)).join('\n');
    assert.deepEqual(
      sources.filter((name) => !styles.includes(`var(${name})`)),
      [],
    );
  });
});

function stylesIn(folder: string): string[] {
  const place = join(root, 'src', folder);
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(place, name), 'utf8'));
}

/** Foreground, background, and how much they must differ: 4.5 for text, 3 for what is no text (WCAG 2.2, 1.4.3 and 1.4.11). */
const pairs: readonly (readonly [string, string, number])[] = [
  ...['surface', 'surface-raised', 'surface-tile'].map((on) => ['text', on, 4.5] as const),
  ...['surface', 'surface-raised'].map((on) => ['text-muted', on, 4.5] as const),
  ...['control', 'control-hover'].map((on) => ['control-text', on, 4.5] as const),
  ['control-off-text', 'control-off', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-danger', 'danger', 4.5],
  ['accent', 'surface-raised', 3],
  ['warning', 'surface-raised', 3],
  ['success', 'surface-raised', 3],
  ['danger', 'surface', 3],
  ['speaking', 'surface', 3],
  ['speaking', 'surface-tile', 3],
  ...['surface', 'surface-raised', 'surface-tile'].map((on) => ['focus', on, 3] as const),
];

const looks: readonly { name: string; tokens: Tokens; schemes: readonly Scheme[] }[] = [
  { name: 'as it comes', tokens: defaults, schemes: ['light', 'dark'] },
  {
    name: 'with more contrast',
    tokens: new Map([...defaults, ...tokensOf(more)]),
    schemes: ['light', 'dark'],
  },
  ...themes(),
];

describe('contrast', () => {
  it('is proved for five themes', () => assert.equal(looks.length, 2 + 5));

  it('is computed as WCAG says', () => {
    assert.equal(contrast('#000', '#fff').toFixed(0), '21');
    assert.equal(contrast('#777', '#fff').toFixed(2), '4.48');
  });

  for (const { name, tokens: look, schemes } of looks)
    for (const scheme of schemes)
      it(`is enough ${name}, ${scheme}`, () => {
        const weak = pairs.flatMap(([front, back, least]) => {
          const ratio = contrast(
            resolve(look, `--cometchat-${front}`, scheme),
            resolve(look, `--cometchat-${back}`, scheme),
          );
          return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)} of ${least}`] : [];
        });
        assert.deepEqual(weak, []);
      });
});

/** The themes of the demo: tokens over the defaults, and nothing but tokens. */
function themes(): { name: string; tokens: Tokens; schemes: readonly Scheme[] }[] {
  const css = read('demo/styling/themes.css').replaceAll(/\/\*.*?\*\//gs, '');
  return [...css.matchAll(/\[data-look='(\w+)'\] \{(.*?)\n\}/gs)].map(([, name = '', rules = '']) => {
    const others = [...rules.matchAll(/^ {2}([\w-]+):/gm)].filter(
      ([, key]) => !key?.startsWith('--cometchat-'),
    );
    assert.ok(
      others.every(([, key]) => key === 'color-scheme'),
      `${name} is made with tokens only`,
    );
    const own = tokensOf(rules);
    for (const key of own.keys()) assert.ok(defaults.has(key), `${key} is a token`);
    const scheme = /color-scheme: (light|dark);/.exec(rules)?.[1] as Scheme | undefined;
    return { name, tokens: new Map([...defaults, ...own]), schemes: scheme ? [scheme] : ['light', 'dark'] };
  });
}
