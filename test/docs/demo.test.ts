import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { domEventName, type CallEventName } from '../../src/domain/call/call-events.js';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = readdirSync(join(root, 'demo')).filter((name) => name.endsWith('.html'));

describe('the demo', () => {
  it('logs every event of the call', async () => {
    const map = /interface CallEvents \{(.*?)\n\}/s.exec(read('src/domain/call/call-events.ts'))?.[1] ?? '';
    const events = [...map.matchAll(/^ {2}(on\w+):/gm)].map(([, name]) =>
      domEventName(name as CallEventName),
    );
    const { callEventNames } = (await import(pathToFileURL(join(root, 'demo/call/call-events.js')).href)) as {
      callEventNames: readonly string[];
    };
    assert.ok(events.length > 30);
    assert.deepEqual(callEventNames.map((name) => `cometchat-${name}`).sort(), events.sort());
  });

  for (const page of pages)
    it(`keeps ${page} free of inline scripts, inline styles and other origins`, () => {
      const html = read(join('demo', page));
      assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
      assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
      assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
    });
});
