import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { calls5 } from '../fakes/facade/v5-surface.js';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'demo/docs/cometchat-v5.md'), 'utf8');
const sourceOf = (file: string): string => readFileSync(join(root, 'src/facade/v5', file), 'utf8');

/** The names in the first columns of the tables. */
const rows = new Set(
  [...text.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w]+)`/g)].map(([, name = '']) => name),
  ),
);

describe('the table of v5', () => {
  it('has a row for every name and event of the real SDK', () => {
    const { methods, actions, signals, people, others, never } = calls5;
    const names = [...methods, ...actions, ...signals, ...people, ...others, ...never];
    assert.deepEqual(
      names.filter((name) => !rows.has(name)),
      ['addEventListener'],
    );
    assert.ok(text.includes('`addEventListener(name, listener, { signal })`'));
  });

  it('has a row for every setting that has an effect, and for every error', () => {
    const settings = sourceOf('session/session-settings.ts');
    const tables = [...settings.matchAll(/const (?:hiding|switches|texts|defaults) = \{(.*?)\}/gs)].join();
    const names = [...tables.matchAll(/(\w+): (?:'|\d)/g)].map(([, name = '']) => name);
    assert.ok(names.length > 20);
    assert.deepEqual(
      names.filter((name) => !rows.has(name)),
      [],
    );
    const codes = [...sourceOf('calls-failures.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(
      ([, code = '']) => code,
    );
    assert.deepEqual(
      codes.filter((code) => !text.includes(`\`${code}\``)),
      [],
    );
  });
});
