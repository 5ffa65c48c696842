import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { CommandTarget } from '../../src/domain/call/call-commands.js';
import type { ControlContext } from '../../src/ui/controls/control-rows.js';
import { root } from '../tools/bootstrap.mjs';

/** One made-up row for each table, and the line of the table below which it is written. */
const rows = [
  {
    file: 'src/ui/controls/control-rows.ts',
    below: 'export const controlRows: readonly ControlRow[] = [',
    row: `
      /** Waves to all. */
      {
        id: 'wave',
        key: 'w',
        zone: 'main',
        rank: 20,
        icon: () => icons.hand,
        label: ({ words }) => words.translate('Wave', { id: 'wave' }),
        shown: () => true,
        act: (commands) => commands.raiseHand(),
      },`,
  },
  {
    file: 'src/settings/setting-rows.ts',
    below: 'export const settingRows = named({',
    row: `
      /** How far to wave. */
      waveWidth: oneOf('wide', 'narrow'),`,
  },
  {
    file: 'src/domain/call-error.ts',
    below: 'export const callFailures = {',
    row: `
      WAVE_FAILED: row('The wave was too wide.', {
        retryable: true, closeCode: 4999, ended: 'failedFULL', notice: 'failureBUSY',
      }),`,
  },
  {
    file: 'src/domain/call/call-events.ts',
    below: 'export interface CallEvents {',
    row: `
      /** A participant waved. */
      onUserWaved: { readonly width: number };`,
  },
];

/** What a page would write, and what must not compile. */
const uses = `
  import type { CallErrorCode } from './domain/call-error.js';
  import type { CallDomEvents } from './domain/call/call-events.js';
  import type { CallSettings } from './settings/setting-rows.js';
  export const width: CallSettings['waveWidth'] = 'narrow';
  export const code: CallErrorCode = 'WAVE_FAILED';
  export const read = (event: CallDomEvents['cometchat-user-waved']): number => event.detail.width;
  // @ts-expect-error
  export const other: CallSettings['waveWidth'] = 'deep';
`;

describe('one more row', () => {
  const copy = mkdtempSync(join(tmpdir(), 'one-row-'));
  const textIn = (file: string): string => readFileSync(join(copy, file), 'utf8');
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  };
  /** A module of the copy with all that it imports. */
  const load = async <Module>(contents: string): Promise<Module> => {
    const file = join(copy, `module-${contents.length}.mjs`);
    const stdin = { contents, resolveDir: join(copy, 'src'), loader: 'ts' as const };
    await build({
      stdin,
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: ['node'],
      outfile: file,
    });
    return import(pathToFileURL(file).href) as Promise<Module>;
  };

  before(() => {
    for (const name of ['src', 'demo', 'test/tools', 'package.json', 'tsconfig.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, below, row } of rows) {
      const text = textIn(file);
      assert.ok(text.includes(below), `${file} has no ${below}`);
      writeFileSync(join(copy, file), text.replace(below, below + row));
    }
    run('test/tools/manifest/manifest.mjs');
    run('test/tools/manifest/manifest.mjs', '--dist');
    run('test/tools/manifest/styling-docs.mjs');
  });
  after(() => rmSync(copy, { recursive: true }));

  it('is in the manifest: attribute, property, event and part, with its documentation', () => {
    const text = textIn('custom-elements.json');
    const { modules } = JSON.parse(text) as {
      modules: { declarations: Readonly<Record<string, unknown>>[] }[];
    };
    const element = modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === 'cometchat-call');
    const named = (list: string, name: string): unknown =>
      (element?.[list] as { readonly name: string }[]).find((entry) => entry.name === name);
    const value = { type: { text: "'wide' | 'narrow'" }, default: "'wide'", description: 'How far to wave.' };
    assert.deepEqual(named('attributes', 'wave-width'), {
      name: 'wave-width',
      ...value,
      fieldName: 'waveWidth',
    });
    assert.deepEqual(named('members', 'waveWidth'), {
      ...{ kind: 'field', name: 'waveWidth', ...value },
      ...{ privacy: 'public', attribute: 'wave-width' },
    });
    assert.deepEqual(named('cssParts', 'button-wave'), { name: 'button-wave', description: 'Waves to all.' });
    assert.deepEqual(named('events', 'cometchat-user-waved'), {
      name: 'cometchat-user-waved',
      type: { text: 'CustomEvent<{ readonly width: number }>' },
      description: 'A participant waved.',
    });
  });

  it('is in the typings of the frameworks, in the data of editors and in the docs', () => {
    const props = textIn('dist/types/frameworks/props.d.ts');
    assert.match(props, /waveWidth\?: CometChatCall\['waveWidth'\] \| undefined/);
    assert.match(props, /'wave-width'\?: 'wide' \| 'narrow' \| undefined/);
    assert.match(props, /'cometchat-user-waved': GlobalEventHandlersEventMap/);
    assert.match(textIn('dist/types/frameworks/vue.d.ts'), /'cometchat-user-waved'/);
    assert.match(textIn('dist/vscode.html-data.json'), /"wave-width"/);
    assert.match(textIn('demo/docs/styling.md'), /`button-wave` +\| Waves to all\./);
  });

  it('has a type', () => {
    writeFileSync(join(copy, 'src/uses.ts'), uses);
    run(
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '--ignoreConfig',
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      'src/uses.ts',
    );
  });

  it('of the settings is a property of the element, an attribute, a default and a control of the playground', async () => {
    const { defaultSettings, settingProperties, settingRows } = await load<{
      readonly defaultSettings: Readonly<Record<string, unknown>>;
      readonly settingProperties: Readonly<Record<string, { readonly attribute: string }>>;
      readonly settingRows: Readonly<Record<string, { readonly parse: (text: string) => unknown }>>;
    }>(`export * from './settings/setting-rows.ts'; export * from './element/host/setting-properties.ts';`);
    assert.equal(defaultSettings['waveWidth'], 'wide');
    assert.equal(settingProperties['waveWidth']?.attribute, 'wave-width');
    assert.equal(settingRows['waveWidth']?.parse('Narrow'), 'narrow');
    // The playground draws what the bundle exports.
    assert.match(textIn('demo/pages/playground.js'), /drawSettings\(find\('settings'\), settingRows, call\)/);
  });

  it('of the errors has its message, retry, close code and both phrases of the user', async () => {
    const {
      CallError,
      closeCodeFor,
      endedPhrase,
      noticePhrase,
      words,
      endedWords,
      failureWords,
      failureText,
    } = await load<{
      readonly CallError: new (code: string) => { readonly message: string; readonly retryable: boolean };
      readonly closeCodeFor: (code: string) => number;
      readonly endedPhrase: (code: string) => string;
      readonly noticePhrase: (code: string) => string;
      readonly words: Readonly<Record<string, () => string>>;
      readonly endedWords: (words: unknown) => Readonly<Record<string, () => string>>;
      readonly failureWords: (words: unknown) => Readonly<Record<string, () => string>>;
      readonly failureText: (code: string, words: unknown) => string;
    }>(`
      export * from './domain/call-error.ts'; export * from './server/connections/close-codes.ts';
      export * from './ui/words/words.ts'; export * from './ui/words/failure-words.ts';
      export * from './ui/view/screens/ended-words.ts';
      export { failureText } from './ui/notices/notice-rows.ts';
    `);
    const { message, retryable } = new CallError('WAVE_FAILED');
    assert.deepEqual([message, retryable], ['The wave was too wide.', true]);
    assert.equal(closeCodeFor('WAVE_FAILED'), 4999);
    assert.equal(endedWords(words)[endedPhrase('WAVE_FAILED')]?.(), 'The call is full. Try again later.');
    assert.equal(failureText('WAVE_FAILED', words), failureWords(words)[noticePhrase('WAVE_FAILED')]?.());
  });

  it('of the buttons is a part, a command, an action of detached buttons, and has a label that pages can replace', async () => {
    const { exportedParts, commandRows, commandOf, isEnabled, controlRows, localizedWords } = await load<{
      readonly exportedParts: string;
      readonly commandRows: Readonly<
        Record<string, (target: Partial<CommandTarget>, state: unknown) => void>
      >;
      readonly commandOf: (action: string) => string;
      readonly isEnabled: (action: string, state: unknown) => boolean;
      readonly controlRows: readonly {
        readonly id: string;
        readonly label: (context: Partial<ControlContext>) => string;
      }[];
      readonly localizedWords: (strings: Readonly<Record<string, string>>) => ControlContext['words'];
    }>(`
      export * from './ui/view/call-parts.ts'; export * from './element/commands/command-rows.ts';
      export * from './element/button/button-actions.ts'; export * from './ui/controls/control-rows.ts';
      export * from './element/i18n/localized-strings.ts';
    `);
    assert.ok(exportedParts.split(', ').includes('button-wave'));
    let raised = 0;
    commandRows[commandOf('wave')]?.({ raiseHand: () => void raised++ }, { phase: 'active' });
    assert.equal(raised, 1);
    assert.ok(isEnabled('wave', { phase: 'active' }));
    const row = controlRows.find(({ id }) => id === 'wave');
    assert.equal(row?.label({ words: localizedWords({}) }), 'Wave');
    assert.equal(row.label({ words: localizedWords({ wave: 'Winken' }) }), 'Winken');
  });
});
