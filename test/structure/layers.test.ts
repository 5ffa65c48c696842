import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  codeBelow,
  fileOf,
  importsIn,
  packageOf,
  shortcutsIn,
  textOf,
} from '../tools/checks/source-files.mjs';

/** Which layer may import which: strictly downwards. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  domain: ['base'],
  protocol: ['domain'],
  settings: ['domain'],
  media: ['base', 'domain'],
  signaling: ['base', 'domain', 'protocol'],
  transports: ['base', 'domain'],
  session: ['base', 'domain', 'protocol', 'settings', 'media', 'signaling', 'transports'],
  ui: ['base', 'domain', 'settings'],
  element: ['base', 'domain', 'protocol', 'settings', 'media', 'signaling', 'transports', 'session', 'ui'],
  facade: ['element', 'session', 'signaling', 'settings', 'protocol', 'domain', 'base'],
  server: ['protocol', 'domain', 'base'],
};

/** Which layers may import which packages; `once`: one single file. */
const packages: Readonly<Record<string, { readonly in: readonly string[]; readonly once?: true }>> = {
  lit: { in: ['ui', 'element'] },
  '@lit/localize': { in: ['ui', 'element'] },
  'simple-peer': { in: ['transports'], once: true },
  'livekit-client': { in: ['transports'], once: true },
  'fix-webm-duration': { in: ['media'], once: true },
  ws: { in: ['server'], once: true },
  ioredis: { in: ['server'], once: true },
  pg: { in: ['server'], once: true },
  '@electric-sql/pglite': { in: ['server'], once: true },
  nanoid: { in: ['media', 'signaling', 'session', 'element', 'facade', 'server'] },
  valibot: { in: ['protocol', 'signaling', 'server'] },
  hono: { in: ['server'] },
  '@hono/node-server': { in: ['server'] },
  jose: { in: ['server'] },
  'prom-client': { in: ['server'] },
  'rate-limiter-flexible': { in: ['server'] },
};

/** The only files beside the folders: what the package gives to a browser. */
const entries = ['src/tag.ts', 'src/index.ts', 'src/chat.ts', 'src/phone.ts'];

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = codeBelow('src');
const layerOf = (file: string): string => file.split('/')[1] ?? '';
const isOurs = (specifier: string): boolean => specifier.startsWith('.');
const importsOf = (file: string): readonly string[] => importsIn(textOf(file));

const imports: readonly Import[] = files.flatMap((from) =>
  importsOf(from)
    .filter(isOurs)
    .map((specifier) => ({ from, to: fileOf(from, specifier) ?? `${from} -> ${specifier}` })),
);

const packageImports: readonly Import[] = files.flatMap((from) =>
  importsOf(from)
    .filter((specifier) => !isOurs(specifier))
    .map((to) => ({ from, to })),
);

const shown = (list: readonly Import[]): string =>
  list.map(({ from, to }) => `${from} imports ${to}`).join('\n');

function breaksLayers({ from, to }: Import): boolean {
  if (entries.includes(from)) return layerOf(to) === 'server';
  if (entries.includes(to)) return true;
  return layerOf(from) !== layerOf(to) && !mayImport[layerOf(from)]?.includes(layerOf(to));
}

function breaksPackages({ from, to }: Import): boolean {
  if (to.startsWith('node:')) return layerOf(from) !== 'server';
  return !packages[packageOf(to)]?.in.includes(layerOf(from));
}

/** One cycle of imports, as the files on it, or nothing. */
function cycle(): readonly string[] | undefined {
  const finished = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const { to } of imports.filter(({ from }) => from === file)) {
      const found = walk(to, [...path, file]);
      if (found) return found;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of files) {
    const found = walk(file, []);
    if (found) return found;
  }
  return undefined;
}

describe('the layers of the sources', () => {
  it('sees every way to import', () => {
    const text = `import a from './a.js'; import './b.js'; import type { C } from './c.js'; export * from './d.js';
      const e = () => import('./e.js'); type F = import('./f.js').F; // import './g.js'
      const h = "import './h.js'";`;
    assert.deepEqual(importsIn(text).sort(), ['./a.js', './b.js', './c.js', './d.js', './e.js', './f.js']);
  });

  it('refuses what the table does not allow', () => {
    assert.ok(breaksLayers({ from: 'src/ui/stage.ts', to: 'src/session/call-session.ts' }));
    assert.ok(breaksLayers({ from: 'src/element/x.ts', to: 'src/facade/y.ts' }));
    assert.ok(breaksLayers({ from: 'src/index.ts', to: 'src/server/index.ts' }));
    assert.ok(!breaksLayers({ from: 'src/session/x.ts', to: 'src/media/y.ts' }));
    assert.ok(breaksPackages({ from: 'src/session/x.ts', to: 'lit/decorators.js' }));
    assert.ok(breaksPackages({ from: 'src/ui/x.ts', to: 'node:fs' }));
    assert.ok(!breaksPackages({ from: 'src/ui/x.ts', to: 'lit/decorators.js' }));
  });

  it('has no folder and no file that the table does not know', () => {
    const strangers = files.filter((file) => !entries.includes(file) && !(layerOf(file) in mayImport));
    assert.deepEqual(strangers, []);
  });

  it('is imported downwards only', () => assert.equal(shown(imports.filter(breaksLayers)), ''));

  it('imports packages only where they belong', () =>
    assert.equal(shown(packageImports.filter(breaksPackages)), ''));

  for (const [name] of Object.entries(packages).filter(([, rule]) => rule.once))
    it(`imports ${name} in one file at most`, () => {
      const importers = new Set(
        packageImports.filter(({ to }) => packageOf(to) === name).map(({ from }) => from),
      );
      assert.ok(importers.size <= 1, [...importers].join(', '));
    });

  it('has no cycle', () => assert.equal(cycle()?.join(' -> '), undefined));
});

describe('each source file', () => {
  it('has no any, no !, and no comment that silences the compiler or the linter', () => {
    const typed = files.filter((file) => file.endsWith('.ts'));
    assert.deepEqual(
      typed.flatMap((file) => shortcutsIn(file, textOf(file))),
      [],
    );
  });

  it('the check for shortcuts sees them', () => {
    const text = 'const a: any = b!;\n// @ts-ignore\n/* eslint-disable */ const company = !a;';
    assert.deepEqual(
      shortcutsIn('x.ts', text).map((line) => line.replace(/^\S+ /, '')),
      ['any', '!', '@ts-ignore', 'eslint-disable'],
    );
  });
});
