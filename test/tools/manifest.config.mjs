// custom-elements.json: what the analyzer reads in the element's class, joined by what stands in tables: the attributes and
// properties of `settingRows`, the events of `CallEvents`. Their comments are the documentation.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const source = (file) => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));

/** The exports of a module of ours, which must work without a browser. */
async function load(file) {
  const { outputFiles } = await build({
    entryPoints: [source(file)],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const { settingRows } = await load('settings/setting-rows.ts');
const { domEventName } = await load('domain/call-events.ts');

/** Where the package publishes the element. */
const published = 'dist/cometchat-call.js';

const quoted = (value) => (typeof value === 'string' ? `'${value}'` : String(value));

const typeOf = {
  switch: () => 'boolean',
  number: () => 'number',
  text: () => 'string',
  choice: ({ choices }) => choices.map(quoted).join(' | '),
  object: () => 'object',
};

/** The comment above a declaration, as one line. */
const commentOf = (ts, node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The object literal below `as const` and `satisfies`. */
function literal(ts, node) {
  let inner = node;
  while (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  return inner;
}

function settingsAndEvents() {
  const attributes = [];
  const fields = [];
  const events = [];

  const addSetting = (ts, row) => {
    const name = row.name.text;
    const { attribute, kind, initially, choices } = settingRows[name];
    const entry = {
      type: { text: typeOf[kind]({ choices }) },
      default: typeof initially === 'object' ? JSON.stringify(initially) : quoted(initially),
      description: commentOf(ts, row),
    };
    attributes.push({ name: attribute, ...entry, fieldName: name });
    fields.push({ kind: 'field', name, ...entry, privacy: 'public', attribute });
  };

  const addEvent = (ts, member) =>
    events.push({
      name: domEventName(member.name.text),
      type: { text: `CustomEvent<${member.type.getText()}>` },
      description: commentOf(ts, member),
    });

  return {
    name: 'settings-and-events',
    analyzePhase({ ts, node }) {
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'settingRows')
        for (const row of literal(ts, node.initializer).properties) addSetting(ts, row);
      if (ts.isInterfaceDeclaration(node) && node.name.text === 'CallEvents')
        for (const member of node.members) addEvent(ts, member);
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
      const element = declarations.find(({ tagName }) => tagName === 'cometchat-call');
      if (!element)
        throw new Error('No class with @customElement("cometchat-call") or @tag cometchat-call was found.');
      const missing = Object.keys(settingRows).filter((name) => !fields.some((field) => field.name === name));
      if (missing.length > 0) throw new Error(`Settings without a row in the source: ${missing.join(', ')}`);
      const own = (list, name) => (list ?? []).filter((each) => !name(each));
      element.attributes = [
        ...own(element.attributes, ({ name }) => attributes.some((each) => each.name === name)),
        ...attributes,
      ];
      element.members = [
        ...own(
          element.members,
          ({ name, privacy }) =>
            (privacy ?? 'public') !== 'public' || name.startsWith('#') || name in settingRows,
        ),
        ...fields,
      ];
      element.events = [
        ...own(element.events, ({ name }) => name === undefined || events.some((each) => each.name === name)),
        ...events,
      ];
      // What lies between the two is nobody's business outside.
      element.superclass = { name: 'LitElement', package: 'lit' };
      const reference = { name: element.name, module: published };
      manifest.modules = [
        {
          kind: 'javascript-module',
          path: published,
          declarations: [element],
          exports: [
            { kind: 'js', name: element.name, declaration: reference },
            { kind: 'custom-element-definition', name: element.tagName, declaration: reference },
          ],
        },
      ];
    },
  };
}

export default {
  globs: ['src/element/cometchat-call.ts', 'src/settings/setting-rows.ts', 'src/domain/call-events.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [settingsAndEvents()],
};
