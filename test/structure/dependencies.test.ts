import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeBelow, importsIn, packageOf, textOf } from '../tools/checks/source-files.mjs';

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const packageFile = JSON.parse(textOf('package.json')) as PackageFile;
const { dependencies, devDependencies, optionalDependencies = {}, scripts } = packageFile;
const shipped = { ...dependencies, ...optionalDependencies };

const packagesIn = (files: readonly string[]): ReadonlySet<string> =>
  new Set(
    files
      .flatMap((file) => importsIn(textOf(file)))
      .filter((specifier) => !/^(?:[./]|node:|https?:|data:)/.test(specifier))
      .map(packageOf),
  );

const sources = codeBelow('src');
const server = sources.filter((file) => file.startsWith('src/server/'));
const tools = [
  ...codeBelow('test'),
  ...codeBelow('demo'),
  'rollup.config.mjs',
  'web-test-runner.config.mjs',
  '.eslint.config.mjs',
];

/** What the build leaves as an import in the bundle for bundlers; all else that browsers need is in the bundle. */
const leftOut = /^(?:lit|@lit\/localize)$/;

describe('package.json', () => {
  it('names every package that the sources import', () => {
    const missing = [...packagesIn(sources)].filter(
      (name) => !(name in shipped) && !(name in devDependencies),
    );
    assert.deepEqual(missing, []);
  });

  it('ships every package that the bundles leave out', () => {
    const needed = [...packagesIn(server), ...[...packagesIn(sources)].filter((name) => leftOut.test(name))];
    assert.deepEqual(
      needed.filter((name) => !(name in shipped)),
      [],
    );
  });

  it('ships no package that nothing imports', () => {
    const used = packagesIn(sources);
    assert.deepEqual(
      Object.keys(shipped).filter((name) => !used.has(name)),
      [],
    );
  });

  it('has no tool that nothing uses', () => {
    const imported = new Set([...packagesIn(sources), ...packagesIn(tools)]);
    // Some are named by their path or their command only.
    const named = [...tools.map(textOf), ...Object.values(scripts)].join('\n');
    const unused = Object.keys(devDependencies).filter(
      (name) =>
        !imported.has(name) && !name.startsWith('@types/') && !named.includes(`${name}/`) && !isImplied(name),
    );
    assert.deepEqual(unused, []);
  });

  it('names exact versions', () => {
    const loose = Object.entries({ ...shipped, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    assert.deepEqual(loose, []);
  });

  it('has a lock file without the address of a registry', () => {
    assert.doesNotMatch(textOf('package-lock.json'), /"resolved"/);
  });

  it('has a lock file that serves every platform', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as LockFile;
    const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const optional = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    assert.deepEqual(
      optional.filter((name) => !locked.has(name)),
      [],
      'npm leaves out what the registry does not have, and then refuses to install: take a version that it has in full',
    );
  });
});

/** `--import tsx` stands in no import statement. */
function isImplied(name: string): boolean {
  return name === 'tsx';
}
