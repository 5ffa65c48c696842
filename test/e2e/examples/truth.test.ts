import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from '../../tools/bootstrap.mjs';
import { buildExamples, buildProject } from '../../tools/run/example-workspace.mjs';
import { CallWorld } from '../world/call-world.js';

type Truth = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

declare global {
  interface Window {
    /** Of the page: whether each spelling switched the button off. */
    readonly truth: Truth;
  }
}

const spellings = {
  attributeText: '`show-end-call-button="false"`',
  attributeFalse: '`show-end-call-button={false}`',
  propertyFalse: '`showEndCallButton={false}`',
  lowerCaseText: '`showendcallbutton="false"`',
};

const world = new CallWorld({
  files: { '/': 'demo/examples/dist', '/angular': 'demo/examples/angular/dist', '/dist': 'dist' },
});

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Angular builds a page of its own. */
async function truthOfAngular(): Promise<Readonly<Record<string, boolean>>> {
  const { page } = await world.page('chromium', { path: '/angular/?truth' });
  await page.waitForSelector('cometchat-call#lowerCaseText');
  return page.$$eval('cometchat-call', (calls) =>
    Object.fromEntries(calls.map((call) => [call.id, !call.showEndCallButton])),
  );
}

describe('what frameworks make of a setting that is switched off', () => {
  before(async () => {
    buildExamples();
    buildProject('angular');
    await world.start();
  });

  it('is what frameworks.md says', async () => {
    const { page } = await world.page('chromium', { path: '/truth/' });
    await page.waitForFunction(() => 'truth' in window);
    const truth = { ...(await page.evaluate(() => window.truth)), Angular: await truthOfAngular() };
    const rows = Object.entries(truth).map(([name, found]) => [
      name,
      ...Object.keys(spellings).map((each) => (found[each] ? 'off' : '**on**')),
    ]);
    const text = readFileSync(join(root, 'demo/docs/frameworks.md'), 'utf8');
    const table = /<!-- truth -->(.*?)<!-- end -->/s.exec(text)?.[1]?.trim() ?? '';
    const [head = '', , ...lines] = table.split('\n');
    assert.deepEqual(cellsOf(head), ['framework', ...Object.values(spellings)]);
    assert.deepEqual(lines.map(cellsOf), rows);
  });

  it('leaves no trace of a setting that was never set: a framework would find another tag than it rendered', async () => {
    const { page } = await world.page('chromium', { path: '/truth/' });
    await page.waitForFunction(() => 'truth' in window);
    const names = await page.$$eval('cometchat-call', (calls) => [
      ...new Set(calls.flatMap((call) => call.getAttributeNames())),
    ]);
    assert.deepEqual(names.sort(), ['id', 'show-end-call-button', 'showendcallbutton']);
  });
});
