import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { callFailures } from '../../src/domain/call-error.js';
import { serverOptions, variables } from '../../src/server/config/server-options.js';
import { apiFailures } from '../../src/server/http/api-error.js';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'demo/docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `demo/docs/${name}`),
];

/** The anchors that GitHub gives to the headings of a page. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The first cells of all rows, of those that hold code. */
const firstCells = (text: string): readonly string[] =>
  [...text.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  );

describe('the documents', () => {
  for (const page of pages)
    it(`${page} links to files and headings that exist`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
      const broken = links.filter(([, path, anchor]) => {
        const target = path ? join(dirname(page), path) : page;
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
      });
      assert.deepEqual(
        broken.map(([link]) => link),
        [],
      );
    });

  it('the README links to every page of the documents', () => {
    const readme = read('README.md');
    assert.deepEqual(
      pages.filter((page) => page !== 'README.md' && !readme.includes(`(${page})`)),
      [],
    );
  });

  it('errors.md has a row for every code, and for no other', () => {
    const codes = [...Object.keys(callFailures), ...Object.keys(apiFailures)];
    assert.deepEqual([...firstCells(read('demo/docs/errors.md'))].sort(), codes.sort());
  });

  it('server.md has every option with its variable and its default', () => {
    const table = /<!-- environment -->(.*?)<!-- end -->/s.exec(read('demo/docs/server.md'))?.[1] ?? '';
    const rows = [...table.matchAll(/^\| `(\w+)` +\| `(\w+)` +\| ([^|]*?) +\|/gm)].map(
      ([, variable, option, initially]) => ({ variable, option, initially }),
    );
    const names = rows.map(({ variable, option }) => `${option} ${variable}`);
    assert.deepEqual(
      names.sort(),
      Object.entries(variables)
        .map((pair) => pair.join(' '))
        .sort(),
    );
    const defaults = v.parse(serverOptions, {}) as Readonly<Record<string, unknown>>;
    const wrong = rows.filter(({ option = '', initially }) => {
      const actual = defaults[option];
      return (typeof actual === 'number' || typeof actual === 'string') && String(actual) !== initially;
    });
    assert.deepEqual(wrong, []);
  });
});
