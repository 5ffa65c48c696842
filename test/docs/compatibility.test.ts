import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Row {
  readonly section: string;
  readonly member: string;
  readonly test: string;
}

/** The rows of the tables, with the heading above them. */
const rows: readonly Row[] = read('demo/docs/cometchat-compatibility.md')
  .split(/^## /m)
  .slice(1)
  .flatMap((part) => {
    const [section = ''] = part.split('\n');
    return [...part.matchAll(/^\| `(\w+)` +\|.*\| (.+?) +\|$/gm)].map(([, member = '', test = '']) => ({
      section,
      member,
      test,
    }));
  });

const membersOf = (section: string): readonly string[] =>
  rows.filter((row) => row.section === section).map(({ member }) => member);

/** Every test's name; what a name computes may be anything. */
const tests: readonly RegExp[] = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .flatMap((file) => [...read(join('test', file)).matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)])
  // A name that is computed as a whole would fit every row.
  .filter(([, , name = '']) => name.replace(/\$\{[^}]*\}/g, '').length > 15)
  .map(([, quote, name = '']) => {
    const parts = quote === '`' ? name.split(/\$\{[^}]*\}/) : [name.replace(/\\(.)/g, '$1')];
    return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
  });

/** Names that a pattern finds in a source, each once. */
const namesIn = (file: string, pattern: RegExp): readonly string[] => [
  ...new Set([...read(file).matchAll(pattern)].map(([, name = '']) => name)),
];

const sections: readonly (readonly [section: string, what: string, file: string, pattern: RegExp])[] = [
  [
    'Methods of CometChatCalls',
    'method',
    'src/facade/comet-chat-calls.ts',
    /^ {2}static (?:async )?(\w+)\(/gm,
  ],
  [
    'Methods of CallSettingsBuilder',
    'method',
    'src/facade/settings/call-settings-builder.ts',
    /^ {2}(?:override )?(\w+)\([^)]*\): /gm,
  ],
  [
    'Methods of CallSettingsBuilder',
    'method',
    'src/facade/settings/settings-builder.ts',
    /^ {2}(\w+)\([^)]*\): this/gm,
  ],
  [
    'Methods of CallLogRequestBuilder',
    'method',
    'src/facade/history/call-log-request.ts',
    /^ {2}((?:set|build)\w*)\(/gm,
  ],
  [
    'Methods of MainVideoContainerSetting',
    'method',
    'src/facade/settings/main-video-container-setting.ts',
    /^ {2}(set\w+)\(/gm,
  ],
  [
    'Methods of VirtualBackground',
    'method',
    'src/facade/settings/virtual-background.ts',
    /^ {2}((?:allow|show|set|enforce)\w+)\(/gm,
  ],
  ['Callbacks', 'callback', 'test/e2e/features/features-events.test.ts', /^ {2}'(on\w+)',$/gm],
  ['Callbacks', 'callback of the iOS SDK', 'src/facade/session/call-listeners.ts', /^ {2}(on\w+)\?:/gm],
];

describe('the table of what CometChat’s documents promise', () => {
  for (const [section, what, file, pattern] of sections)
    it(`has a row for every ${what} of ${file}`, () => {
      const names = namesIn(file, pattern);
      assert.ok(names.length > 1);
      const missing = names.filter((name) => !membersOf(section).includes(name));
      assert.deepEqual(missing, []);
    });

  it('has no row for what there is not', () => {
    const known = new Set(sections.flatMap(([, , file, pattern]) => namesIn(file, pattern)));
    // Of both SDKs, and raised by the session itself.
    known.add('onAudioModeChanged');
    const strangers = rows.filter(
      ({ section, member }) => sections.some(([name]) => name === section) && !known.has(member),
    );
    assert.deepEqual(strangers, []);
  });

  it('names a test that exists, in every row', () => {
    assert.ok(rows.length > 100);
    const unproved = rows.filter(({ test }) => !tests.some((name) => name.test(test)));
    assert.deepEqual(unproved, []);
  });

  it('names parts and states that there are, in place of CometChat’s classes', () => {
    const styles = read('demo/docs/styling.md');
    const page = read('demo/docs/cometchat-compatibility.md');
    const classes = [...page.matchAll(/^\| `\.cc-[a-z-]+` +\| `(.+?)`/gm)].map(
      ([, selector = '']) => selector,
    );
    assert.equal(classes.length, 12);
    const named = classes.flatMap((selector) =>
      [...selector.matchAll(/::part\(([a-z-]+)\)|(:state\([a-z-]+\))/g)].map(
        ([, part, state]) => part ?? state,
      ),
    );
    assert.deepEqual(
      named.filter((name) => !styles.includes(`| \`${name}\` `)),
      [],
    );
  });

  it('is linked from the README', () => {
    assert.match(read('README.md'), /demo\/docs\/cometchat-compatibility\.md/);
  });
});
