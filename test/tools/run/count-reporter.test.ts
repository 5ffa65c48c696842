import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import countReporter from './count-reporter.mjs';

const test = (type: string, data: object) => ({
  type,
  data: { nesting: 0, name: 'a test', details: {}, ...data },
});

async function countsOf(...events: readonly object[]): Promise<unknown> {
  let text = '';
  for await (const part of countReporter(events)) text += part;
  return JSON.parse(text);
}

describe('the count of the tests', () => {
  const nothing = { passed: 0, failed: 0, skipped: 0, empty: [] };
  const cases = [
    { title: 'a passed test', event: test('test:pass', {}), counts: { passed: 1 } },
    { title: 'a failed test', event: test('test:fail', {}), counts: { failed: 1 } },
    { title: 'a skipped test', event: test('test:pass', { skip: true }), counts: { skipped: 1 } },
    { title: 'a test to be written', event: test('test:pass', { todo: 'later' }), counts: { skipped: 1 } },
    { title: 'a suite', event: test('test:pass', { details: { type: 'suite' } }), counts: {} },
    {
      title: 'a file that crashed',
      event: test('test:fail', { name: '/x.ts', file: '/x.ts' }),
      counts: { failed: 1 },
    },
    {
      title: 'a file without a test',
      event: test('test:pass', { name: '/x.ts', file: '/x.ts' }),
      counts: { failed: 1, empty: ['/x.ts'] },
    },
  ];
  for (const { title, event, counts } of cases)
    it(title, async () => assert.deepEqual(await countsOf(event), { ...nothing, ...counts }));
});
