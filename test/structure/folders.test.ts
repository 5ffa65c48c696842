import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../tools/bootstrap.mjs';
import { limits } from '../tools/checks/code-sizes.mjs';

/** Folders with more entries, each with the reason. Anything here that no longer needs one must be removed. */
const reasons: Readonly<Record<string, string>> = {
  src: 'The layers of the table in CONTRIBUTING.md, and the entry points of the package.',
  'src/server': 'One folder a task of the server, and the entry points that package.json names.',
  'src/ui': 'One folder for each part of the interface that is seen.',
  'src/ui/i18n/locales': 'A table: one file a language.',
  test: 'The folders of `src`, and one for each kind of test that has none there.',
  'test/server': 'The folders of `src/server`, its harness, and what is tried on the whole server.',
  'test/e2e': 'One folder for each subject that is tried in browsers.',
  'test/facade/snippets': 'A table: one file for each snippet of CometChat’s documents, copied unchanged.',
  'demo/docs': 'One file a page of the documentation; its address is the name of the file.',
  'demo/examples': 'One folder an example, and what all of them share.',
};

const ignored = /^(?:node_modules|dist|dist-bundlers|\..*)$/;

function* foldersBelow(folder: string): Generator<readonly [string, number]> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    ({ name }) => !ignored.test(name),
  );
  yield [folder, entries.length];
  for (const entry of entries) if (entry.isDirectory()) yield* foldersBelow(`${folder}/${entry.name}`);
}

const tooFull = ['src', 'test', 'demo']
  .flatMap((folder) => [...foldersBelow(folder)])
  .filter(([, count]) => count > limits.folderEntries)
  .map(([folder]) => folder);

describe('a folder', () => {
  it(`has at most ${limits.folderEntries} entries, or a reason for more`, () =>
    assert.deepEqual(
      tooFull.filter((folder) => !(folder in reasons)),
      [],
    ));

  it('has more only for a reason that still holds', () =>
    assert.deepEqual(
      Object.keys(reasons).filter((folder) => !tooFull.includes(folder)),
      [],
    ));
});
