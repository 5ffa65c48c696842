import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../bootstrap.mjs';
import { textOf } from './source-files.mjs';

interface Named {
  readonly name: string;
}

interface WebTypes extends Named {
  readonly version: string;
  readonly contributions: {
    readonly html: {
      readonly elements: readonly (Named & {
        readonly attributes: readonly (Named & { readonly default?: string; readonly value: unknown })[];
        readonly slots: readonly Named[];
        readonly js: { readonly properties: readonly Named[]; readonly events: readonly Named[] };
      })[];
    };
    readonly css: Readonly<Record<'properties' | 'pseudo-elements' | 'pseudo-classes', readonly Named[]>>;
  };
}

type Lists = Partial<
  Record<'attributes' | 'slots' | 'events' | 'cssParts' | 'cssProperties' | 'cssStates', readonly Named[]>
>;

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly ({ readonly tagName: string } & Lists)[] }[];
}

/** What a debugger would not find by a source map: its sources, or what stands where a name of the script begins. */
function faultsOfMap(file: string): string[] {
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload;
  const { sources, sourcesContent } = map;
  const absent = sources.filter(
    (source, at) => !sourcesContent?.[at] && !existsSync(resolve(dirname(file), source)),
  );
  if (absent.length > 0) return absent.map((source) => `${file}: there is no ${source}`);
  const found = new SourceMap(map);
  let [names, misses] = [0, 0];
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, row) => {
      // Texts and templates stay as they are written, also where names are shortened.
      for (const { 0: text, index } of line.matchAll(/'cometchat-[\w-]{6,}'|"cometchat-[\w-]{6,}"/g)) {
        const entry = found.findEntry(row, index);
        if (!('originalSource' in entry)) continue;
        const at = sources.indexOf(entry.originalSource);
        const content =
          sourcesContent?.[at] ?? readFileSync(resolve(dirname(file), entry.originalSource), 'utf8');
        // A decorator is moved to the end of its class.
        if (content.includes(`@element(${text.replaceAll('"', "'")})`)) continue;
        names += 1;
        if (!content.split('\n')[entry.originalLine]?.includes(text.slice(1, -1))) misses += 1;
      }
    });
  return misses > 0 ? [`${file}: ${misses} of ${names} texts are not where it says`] : [];
}

/** What `npm run build` makes for editors and debuggers. */
describe('the files for developers', () => {
  it('tells the editors of JetBrains what the manifest says', () => {
    const file = (JSON.parse(textOf('package.json')) as { readonly 'web-types': string })['web-types'];
    const { name, version, contributions } = JSON.parse(textOf(file)) as WebTypes;
    const own = JSON.parse(textOf('package.json')) as { readonly name: string; readonly version: string };
    assert.deepEqual([name, version], [own.name, own.version]);
    const { modules } = JSON.parse(textOf('custom-elements.json')) as Manifest;
    const declared = modules.flatMap(({ declarations }) => declarations);
    const names = (list: readonly Named[] = []): string[] => list.map((each) => each.name).sort();
    const found = Object.fromEntries(
      contributions.html.elements.map(({ name: tag, attributes, slots, js }) => [
        tag,
        [names(attributes), names(slots), names(js.events)],
      ]),
    );
    const expected = Object.fromEntries(
      declared.map(({ tagName, attributes, slots = [], events }) => [
        tagName,
        [names(attributes), names(slots.map((slot) => ({ name: slot.name || 'default' }))), names(events)],
      ]),
    );
    assert.deepEqual(found, expected);
    const call = contributions.html.elements.find((each) => each.name === 'cometchat-call');
    const end = call?.attributes.find((each) => each.name === 'show-end-call-button');
    assert.deepEqual([end?.default, end?.value], ['true', { type: 'boolean', required: false }]);
    assert.ok(call?.js.properties.some((each) => each.name === 'startWithAudioMuted'));
    const styles = (list: 'cssParts' | 'cssProperties' | 'cssStates'): string[] => [
      ...new Set(names(declared.flatMap((each) => each[list] ?? []))),
    ];
    const { properties, 'pseudo-elements': parts, 'pseudo-classes': states } = contributions.css;
    assert.deepEqual(names(properties), styles('cssProperties'));
    assert.deepEqual(names(parts), names(styles('cssParts').map((part) => ({ name: `part(${part})` }))));
    assert.deepEqual(names(states), names(styles('cssStates').map((each) => ({ name: `state(${each})` }))));
  });

  it('has source maps that lead to the line of the source', () => {
    const files = readdirSync(join(root, 'dist'), { recursive: true }).map(String);
    const scripts = files.filter((file) => file.endsWith('.map')).map((file) => file.slice(0, -4));
    const wrong = scripts.flatMap((file) => faultsOfMap(join(root, 'dist', file)));
    assert.deepEqual(wrong, []);
    assert.ok(scripts.length > 20, 'there are some');
  });
});
