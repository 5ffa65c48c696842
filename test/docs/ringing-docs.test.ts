import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { callFailures } from '../../src/domain/call-error.js';
import { chatFailures } from '../../src/facade/chat/comet-chat-exception.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const page = read('demo/docs/ringing.md');
const mentions = (word: string): boolean => page.includes(`\`${word}\``);
const found = (file: string, pattern: RegExp): readonly string[] =>
  [...read(file).matchAll(pattern)].map(([, word]) => word ?? '');

describe('the page about ringing', () => {
  it('names every error that calls can end in', () => {
    const codes = [
      ...Object.keys(chatFailures),
      ...Object.keys(callFailures).filter((code) => code.startsWith('CALL_')),
    ];
    assert.ok(codes.length > 10);
    assert.deepEqual(
      codes.filter((code) => !mentions(code)),
      [],
    );
  });

  it('names every event, command and attribute of the tags', () => {
    const names = [
      ...found('src/element/ring/ring-element.ts', /'(cometchat-ring-[a-z-]+)': /g),
      ...['incoming', 'outgoing'].flatMap((way) =>
        found(`src/element/ring/cometchat-${way}-call.ts`, /=== '(--[a-z-]+)'/g),
      ),
      ...found('src/element/ring/ring-element.ts', /@property\(\{ attribute: '([a-z-]+)' \}\)/g),
    ];
    assert.ok(names.length > 12);
    assert.deepEqual(
      names.filter((name) => !mentions(name)),
      [],
    );
  });
});
