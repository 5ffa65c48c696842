import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../bootstrap.mjs';
import { packTo } from '../run/example-workspace.mjs';
import { codeBelow, importsIn, textOf } from './source-files.mjs';

type Target = string | { readonly [condition: string]: Target };

const {
  exports: entries,
  bin,
  scripts,
  types,
} = JSON.parse(textOf('package.json')) as {
  readonly exports: Readonly<Record<string, Target>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly types: string;
};

const filesOf = (target: Target): readonly string[] =>
  typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);

/** What a script says; it is run where the package can be found by its name. */
const outputOf = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim();

/** Links in Markdown to other files, without their anchors. */
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);

/** What `npm pack` makes of it, as an integrator gets it. */
describe('the packed package', () => {
  let folder: string;
  let tarball: string;
  let files: readonly string[];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cometchat-call-pack-'));
    tarball = packTo(folder);
    const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
    files = listed.split('\n').flatMap((line) => (line ? [line.replace('package/', '')] : []));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is built first: a fresh clone has no dist', () => {
    assert.equal(scripts['prepack'], scripts['build']);
  });

  it('holds the build, the manifest and the documents, and nothing else', () => {
    const places = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')));
    assert.deepEqual([...places].sort(), [
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'demo/assets',
      'demo/docs',
      'dist/cdn',
      'dist/chat.js',
      'dist/chat.js.map',
      'dist/chunks',
      'dist/cometchat-call.js',
      'dist/cometchat-call.js.map',
      'dist/frameworks',
      'dist/locales',
      'dist/phone.js',
      'dist/phone.js.map',
      'dist/server',
      'dist/third-party-licenses.txt',
      'dist/types',
      'dist/vscode.html-data.json',
      'dist/web-types.json',
      'package.json',
    ]);
  });

  it('has every file that its README, and the documents, link to', () => {
    // Pages of the demo are linked to where the documents are served with it.
    const dead = ['README.md', ...files.filter((file) => /^demo\/docs\/.*\.md$/.test(file))].flatMap((page) =>
      linksIn(textOf(page))
        .map((link) => posix.join(posix.dirname(page), link))
        .filter((target) => !files.includes(target) && !/^demo\/(?:[\w-]+\/)?[\w-]+\.html$/.test(target))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(dead, []);
  });

  it('has a source map beside each script that is compiled', () => {
    const scripts = files.filter((file) => /\.c?js$/.test(file) && file.startsWith('dist/'));
    const without = scripts.filter((file) => !files.includes(`${file}.map`));
    // The demo page is what it is, and the processors' scripts are other packages' code.
    assert.deepEqual(
      without.filter((file) => !/demo-page|processors|types-only/.test(file)),
      [],
    );
  });

  it('is accepted by publint', () => {
    assert.match(outputOf(join(root, 'node_modules/publint/src/cli.js'), '--strict', tarball), /All good/);
  });

  it('is accepted by are-the-types-wrong', () => {
    const tool = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    // Node 20.19 and newer `require()` ES modules; older resolution knows no `exports`.
    assert.doesNotThrow(() => outputOf(tool, tarball, '--profile', 'esm-only'));
  });
});

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
    assert.equal(outputOf('--input-type=module', '-e', script), 'function true function');
  });

  it('can be required where there is no browser', () => {
    const script = `const { CometChatCalls } = require('cometchat-call'); console.log(typeof CometChatCalls);`;
    assert.equal(outputOf('--input-type=commonjs', '-e', script), 'function');
  });

  it('gives CometChat, and what embeds the server', () => {
    const script = `const { CometChat } = await import('cometchat-call/chat');
      const { createCallServer, createAuthToken, createCallToken } = await import('cometchat-call/server');
      console.log(typeof CometChat.login, typeof createCallServer, typeof createAuthToken, typeof createCallToken);`;
    assert.equal(outputOf('--input-type=module', '-e', script), 'function function function function');
  });

  it('has typings whose imports are empty at run time', () => {
    const names = Object.keys(entries).filter((name) => JSON.stringify(entries[name]).includes('types-only'));
    assert.deepEqual(names, ['./jsx', './preact', './solid', './vue', './svelte']);
    const script = names.map((name) => `import 'cometchat-call${name.slice(1)}';`).join('');
    assert.equal(outputOf('--input-type=module', '-e', `${script} console.log('imported')`), 'imported');
  });

  it('says the integrity of each script of the script-tag build', () => {
    const integrity = JSON.parse(textOf('dist/cdn/integrity.json')) as Record<string, string>;
    const names = readdirSync(join(root, 'dist/cdn'), { recursive: true }).map(String);
    const expected = names
      .filter((name) => /\.c?js$/.test(name))
      .map((name) => {
        const script = readFileSync(join(root, 'dist/cdn', name));
        return [name, `sha384-${createHash('sha384').update(script).digest('base64')}`];
      });
    assert.deepEqual(integrity, Object.fromEntries(expected));
  });

  it('gives the text of each language', () => {
    const script = `const { templates } = await import('cometchat-call/locales/ar'); console.log(templates.close);`;
    assert.equal(outputOf('--input-type=module', '-e', script), 'إغلاق');
  });

  it('has a command that explains itself', () => {
    assert.match(outputOf(join(root, bin['cometchat-call'] ?? ''), '--help'), /serve/);
  });

  it('shows a page with a call by `serve --dev`, also to those who ask for its head alone', async () => {
    const cli = join(root, bin['cometchat-call'] ?? '');
    const server = spawn(process.execPath, [cli, 'serve', '--dev', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      let words = '';
      for await (const part of server.stdout) {
        words += String(part);
        if (words.includes('Open ')) break;
      }
      const [url = ''] = /http:\S+/.exec(words) ?? [];
      for (const path of ['/', '/page.js', '/dist/cdn/cometchat-call-element.min.js'])
        for (const method of ['GET', 'HEAD'])
          assert.equal((await fetch(`${url}${path}`, { method })).status, 200, `${method} ${path}`);
      for (const name of ['cometchat-call.umd.js', 'cometchat-call.umd.cjs'])
        assert.match(
          (await fetch(`${url}/dist/cdn/${name}`)).headers.get('content-type') ?? '',
          /^text\/javascript/,
        );
    } finally {
      server.kill();
    }
  });

  it('says who wrote what it contains', () => {
    const notices = textOf('dist/cdn/third-party-licenses.txt');
    for (const name of ['lit-html', 'simple-peer', 'Lucide'])
      assert.match(notices, new RegExp(`^${name}\\b`, 'm'));
  });

  it('needs no module beside it in a page', () => {
    const files = codeBelow('dist/cdn').filter((file) => file.endsWith('.js'));
    assert.ok(files.includes('dist/cdn/cometchat-call.min.js'));
    const foreign = files
      .flatMap((file) => importsIn(textOf(file)))
      .filter((specifier) => !specifier.startsWith('.'));
    assert.deepEqual(foreign, []);
  });
});
