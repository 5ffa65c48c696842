import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { root } from '../../tools/bootstrap.mjs';
import { blocksIn, placeOf, type Block } from './blocks.js';
import { parseHtml } from './html.js';

const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
};

interface Script {
  readonly place: string;
  readonly text: string;
}

const scriptsOf = (block: Block): readonly Script[] =>
  block.language === 'html'
    ? parseHtml(block.text)
        .elements.filter(
          ({ tag, attributes, text }) => tag === 'script' && attributes['type'] === 'module' && text,
        )
        .map(({ text }) => ({ place: placeOf(block), text }))
    : [{ place: placeOf(block), text: block.text }];

const scripts = blocksIn('js', 'ts', 'html').flatMap(scriptsOf);
const folder = join(root, 'test/docs/code');
const files = new Map(
  // A block is a module of its own, whatever it contains.
  scripts.map(({ text }, at) => [join(folder, `block-${at}.ts`), `${text}\nexport {};\n`] as const),
);

/** Where the sources of an entry are, for the entries that have code. */
const paths = {
  'cometchat-call': ['./src/index.ts'],
  'cometchat-call/chat': ['./src/chat.ts'],
  'cometchat-call/phone': ['./src/phone.ts'],
  'cometchat-call/server': ['./src/server/index.ts'],
  'cometchat-call/locales/*': ['./src/ui/i18n/locales/*.ts'],
  '@cometchat/calls-sdk-javascript': ['./src/index.ts'],
  '@cometchat/chat-sdk-javascript': ['./src/chat.ts'],
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  // Readers write JavaScript: the blocks need no types of their own.
  strict: false,
  strictFunctionTypes: true,
  skipLibCheck: true,
  noEmit: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
  paths: Object.fromEntries(Object.entries(paths).map(([name, [file = '']]) => [name, [join(root, file)]])),
};

/** What the compiler says of each block. */
function problems(): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  };
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  const program = ts.createProgram([...files.keys(), join(folder, 'reader-globals.d.ts')], options, host);
  return [...files.keys()].flatMap((name, at) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${scripts[at]?.place ?? ''} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

describe('the scripts in the documents', () => {
  it('are as many as they seem: a marker that hides one would be noticed', () => {
    assert.ok(scripts.length >= 15, `${scripts.length} scripts`);
  });

  it('compile against the package', { timeout: 300_000 }, () => {
    // The typings of frameworks have no source; demo/examples/typings compiles them.
    const own = problems().filter((line) => !/cometchat-call\/(jsx|preact|solid|svelte|vue)'/.test(line));
    assert.deepEqual(own, []);
  });

  it('import what the package has', () => {
    const imported = scripts.flatMap(({ place, text }) =>
      ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({ place, fileName })),
    );
    const unknown = imported.filter(({ fileName }) => {
      const [, path] = /^cometchat-call(.*)$/.exec(fileName) ?? [];
      return path !== undefined && !(`.${path.replace(/^\/locales\/[\w-]+$/, '/locales/*')}` in entries);
    });
    assert.deepEqual(unknown, []);
  });

  it('in JSX are read without an error', () => {
    const wrong = blocksIn('jsx', 'tsx').flatMap((block) => {
      const name = 'block.tsx';
      const { diagnostics = [] } = ts.transpileModule(`function Page() {${block.text}}`, {
        fileName: name,
        reportDiagnostics: true,
        compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ES2022 },
      });
      return diagnostics.map(
        ({ messageText }) => `${placeOf(block)} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    });
    assert.deepEqual(wrong, []);
  });
});
