import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../bootstrap.mjs';
import { copiedFiles } from '../build/processor-files.mjs';
import { codeBelow, importsIn, textOf } from './source-files.mjs';

type Target = string | { readonly [condition: string]: Target };

const {
  exports: entries,
  bin,
  types,
} = JSON.parse(textOf('package.json')) as {
  readonly exports: Readonly<Record<string, Target>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly types: string;
};

const filesOf = (target: Target): readonly string[] =>
  typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);

/** What a script says; it is run where the package can be found by its name. */
const said = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim();

/** These read what `npm run build` made. */
describe('the built package', () => {
  it('has every file that package.json names', () => {
    const targets = Object.values(entries).flatMap(filesOf);
    const missing = [...targets, ...Object.values(bin), types].filter(
      (file) => !existsSync(join(root, file.replace('*', 'de'))),
    );
    assert.deepEqual(missing, []);
  });

  it('can be imported where there is no browser', () => {
    const script = `const all = await import('cometchat-call');
      console.log(typeof all.CometChatCalls, all.default === all.CometChatCalls, typeof all.CometChatCall);`;
    assert.equal(said('--input-type=module', '-e', script), 'function true function');
  });

  it('can be required where there is no browser', () => {
    const script = `const { CometChatCalls } = require('cometchat-call'); console.log(typeof CometChatCalls);`;
    assert.equal(said('--input-type=commonjs', '-e', script), 'function');
  });

  it('gives CometChat, and what embeds the server', () => {
    const script = `const { CometChat } = await import('cometchat-call/chat');
      const { createCallServer, createAuthToken, createCallToken } = await import('cometchat-call/server');
      console.log(typeof CometChat.login, typeof createCallServer, typeof createAuthToken, typeof createCallToken);`;
    assert.equal(said('--input-type=module', '-e', script), 'function function function function');
  });

  it('gives the text of each language', () => {
    const script = `const { templates } = await import('cometchat-call/locales/ar'); console.log(templates.close);`;
    assert.equal(said('--input-type=module', '-e', script), 'إغلاق');
  });

  it('has a command that explains itself', () => {
    assert.match(said(join(root, bin['cometchat-call'] ?? ''), '--help'), /serve/);
  });

  it('says who wrote what it contains', () => {
    const notices = textOf('dist/cdn/third-party-licenses.txt');
    for (const name of ['lit-html', 'simple-peer', 'Lucide'])
      assert.match(notices, new RegExp(`^${name}\\b`, 'm'));
  });

  it('needs no module beside it in a page', () => {
    // Scripts that are copied as their packages ship them, not bundled: one of them looks whether it is in Node, and only
    // there asks for Node's modules. That they run in a page is shown by the tests of backgrounds and noise.
    const copied = copiedFiles.map((file) => `dist/cdn/processors/${file}`);
    const files = codeBelow('dist/cdn').filter((file) => file.endsWith('.js') && !copied.includes(file));
    assert.ok(files.includes('dist/cdn/cometchat-call.min.js'));
    const foreign = files
      .flatMap((file) => importsIn(textOf(file)))
      .filter((specifier) => !specifier.startsWith('.'));
    assert.deepEqual(foreign, []);
  });
});
