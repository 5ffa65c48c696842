// custom-elements.json: what the analyzer reads in the classes of the elements, joined by what stands in tables: the attributes
// and properties of `settingRows`, the events of `CallEvents` and of interfaces like it. Their comments are the documentation.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textOf } from '../checks/source-files.mjs';

const source = (file) => fileURLToPath(new URL(`../../../src/${file}`, import.meta.url));

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
const { domEventName } = await load('domain/call/call-events.ts');

/** Which published file defines an element: the entry that exports its class. */
const entries = { 'src/index.ts': 'dist/cometchat-call.js', 'src/phone.ts': 'dist/phone.js' };

function publishedIn(className) {
  const found = Object.entries(entries).find(
    ([entry]) => existsSync(source(`../${entry}`)) && textOf(entry).includes(className),
  );
  if (!found) throw new Error(`No entry exports ${className}: ${Object.keys(entries).join(', ')}`);
  return found[1];
}

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

/** The object literal below `as const` and `satisfies`, or that a function is given. */
function literal(ts, node) {
  let inner = ts.isCallExpression(node) ? node.arguments[0] : node;
  while (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  return inner;
}

function settingsAndEvents() {
  const attributes = [];
  const fields = [];
  const events = [];
  const cssProperties = [];
  const cssParts = [];
  const domEvents = new Map();

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

  /** `'cometchat-ring-ended': CustomEvent<…>` in an interface named after events. */
  const noteDomEvent = (ts, member) =>
    domEvents.set(member.name.text, {
      type: { text: member.type.getText() },
      description: commentOf(ts, member),
    });

  /** `@cssproperty --name - about` and `@csspart name - about` above a constant; a property's default is in its stylesheet. */
  const addStyling = (ts, statement) => {
    for (const tag of ts.getJSDocTags(statement)) {
      const list = { cssproperty: cssProperties, csspart: cssParts }[tag.tagName.text];
      const [, name, description] =
        /^([\w-]+) - (.+)$/s.exec(ts.getTextOfJSDocComment(tag.comment) ?? '') ?? [];
      if (!list || !name) continue;
      const initially = new RegExp(`^ *${name}: ([^;]+);`, 'm').exec(statement.getText())?.[1];
      list.push({ name, description: description.trim(), ...(initially && { default: initially }) });
    }
  };

  const addSettings = (element) => {
    const missing = Object.keys(settingRows).filter((name) => !fields.some((field) => field.name === name));
    if (missing.length > 0) throw new Error(`Settings without a row in the source: ${missing.join(', ')}`);
    const isTold = (list) => (each) => list.some(({ name }) => name === each.name);
    const join = (own = [], told) => [...own.filter((each) => !isTold(told)(each)), ...told];
    element.attributes = join(element.attributes, attributes);
    element.members = join(element.members, fields);
    element.events = join(element.events, events);
    element.cssProperties = join(element.cssProperties, cssProperties);
    element.cssParts = join(element.cssParts, cssParts);
  };

  const tidy = (element) => {
    // What lies between the two is nobody's business outside.
    element.superclass = { name: 'LitElement', package: 'lit' };
    const isPublic = ({ name, privacy = 'public' }) =>
      privacy === 'public' && name !== undefined && !name.startsWith('#');
    const plain = ({ inheritedFrom: _, ...each }) => each;
    element.members = (element.members ?? []).filter(isPublic).map(plain);
    element.attributes = (element.attributes ?? []).map(plain);
    element.events = (element.events ?? [])
      // An event whose name is a variable is known to the analyzer by the name of that variable.
      .filter(({ name }) => name?.startsWith('cometchat-'))
      .map((event) => {
        const { type, description } = domEvents.get(event.name) ?? {};
        return {
          ...plain(event),
          ...(type && { type }),
          description: event.description || description || '',
        };
      });
  };

  return {
    name: 'settings-and-events',
    analyzePhase({ ts, node }) {
      if (ts.isVariableStatement(node)) addStyling(ts, node);
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'settingRows')
        for (const row of literal(ts, node.initializer).properties) addSetting(ts, row);
      if (!ts.isInterfaceDeclaration(node)) return;
      if (node.name.text === 'CallEvents') for (const member of node.members) addEvent(ts, member);
      else if (node.name.text.endsWith('Events'))
        for (const member of node.members)
          if (member.name && ts.isStringLiteral(member.name)) noteDomEvent(ts, member);
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      const elements = manifest.modules
        .flatMap((module) => module.declarations ?? [])
        .filter(({ tagName }) => tagName !== undefined);
      const call = elements.find(({ tagName }) => tagName === 'cometchat-call');
      if (!call) throw new Error('No class is tagged @tag cometchat-call.');
      addSettings(call);
      elements.forEach(tidy);
      const modules = new Map();
      for (const element of elements) {
        const path = publishedIn(element.name);
        const module = modules.get(path) ?? {
          kind: 'javascript-module',
          path,
          declarations: [],
          exports: [],
        };
        modules.set(path, module);
        const declaration = { name: element.name, module: path };
        module.declarations.push(element);
        module.exports.push(
          { kind: 'js', name: element.name, declaration },
          { kind: 'custom-element-definition', name: element.tagName, declaration },
        );
      }
      manifest.modules = [...modules.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

export default {
  globs: [
    'src/element/**/*.ts',
    'src/settings/setting-rows.ts',
    'src/domain/call/call-events.ts',
    'src/ui/base/tokens.styles.ts',
    'src/ui/view/call-parts.ts',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [settingsAndEvents()],
};
