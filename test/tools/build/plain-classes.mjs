// Rollup plugins that write what decorators do as the calls they are. esbuild gives a class with a decorator of its own no `#private`
// members: each becomes a WeakMap with a function to read it; and Lit's decorators come with their own code for two standards.
import MagicString from 'magic-string';

const classDecorator = /^@element\(('[\w-]+')\)\nexport class (\w+)/gm;

/** `@element('x-y') export class Y` is `export class Y`, and `element('x-y')(Y)` at the end: before TypeScript is compiled. */
export const plainClasses = {
  name: 'plain-classes',
  transform(code, id) {
    if (!id.endsWith('.ts') || !/^@/m.test(code)) return null;
    const output = new MagicString(code);
    for (const [found, tag, name] of code.matchAll(classDecorator)) {
      const at = code.indexOf(found);
      output.remove(at, at + found.indexOf('export'));
      output.append(`\nelement(${tag})(${name});\n`);
    }
    if (/^@/m.test(output.toString())) throw new Error(`${id}: a class decorator that is not known here.`);
    return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) };
  },
};

/** What Lit's decorators call: `createProperty(name, options)` of the class. */
const optionsOf = {
  property: (options) => options ?? '{}',
  state: (options) => `{ state: true, attribute: false${options ? `, ...${options}` : ''} }`,
};

/** `__decorateClass([property(options)], Y.prototype, 'z', 2)` is `Y.createProperty('z', options)`: after it is compiled. */
export const plainProperties = {
  name: 'plain-properties',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id.replaceAll('\\', '/')) || !code.includes('__decorateClass(')) return null;
    const output = new MagicString(code);
    for (const { expression, source, start, end } of this.parse(code).body) {
      if (source?.value.startsWith('lit/decorators')) output.remove(start, end);
      if (expression?.callee?.name !== '__decorateClass') continue;
      const [{ elements }, { object: owner }, name] = expression.arguments;
      const [decorator] = elements;
      const options = optionsOf[decorator.callee?.name];
      if (elements.length !== 1 || !options) throw new Error(`${id}: a decorator that is not known here.`);
      const [given] = decorator.arguments;
      const text = given && code.slice(given.start, given.end);
      output.overwrite(start, end, `${owner.name}.createProperty(${name.raw}, ${options(text)});`);
    }
    return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) };
  },
};
