import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAst } from 'rollup/parseAst';
import { plainClasses, plainProperties } from './plain-classes.mjs';

const context = { parse: (code: string) => parseAst(code) };
const run = (plugin: typeof plainClasses, code: string): string =>
  plugin.transform.call(context, code, '/src/ui/tile/tile.ts')?.code.trim().replace(/\s+/g, ' ') ?? code;

describe('classes in the bundles', () => {
  it('are registered after they are made: a decorated class loses its private members', () =>
    assert.equal(
      run(plainClasses, "@element('x-y')\nexport class Y extends Z {}\n"),
      "export class Y extends Z {} element('x-y')(Y);",
    ));

  it('may have no other decorator', () =>
    assert.throws(() => run(plainClasses, '@sealed\nexport class Y {}'), /not known/));

  const properties = [
    { title: 'a property', from: 'property()', to: "Y.createProperty('z', {});" },
    {
      title: 'its options',
      from: 'property({ reflect: true })',
      to: "Y.createProperty('z', { reflect: true });",
    },
    { title: 'a state', from: 'state()', to: "Y.createProperty('z', { state: true, attribute: false });" },
  ];
  for (const { title, from, to } of properties)
    it(`create ${title} without Lit's decorators`, () =>
      assert.equal(run(plainProperties, `__decorateClass([${from}], Y.prototype, 'z', 2);`), to));

  it('may have no other decorator of a member', () =>
    assert.throws(
      () => run(plainProperties, "__decorateClass([query('a')], Y.prototype, 'z', 2);"),
      /not known/,
    ));
});
