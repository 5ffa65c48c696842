// custom-elements.json and what is made from it.
//   node test/tools/manifest/manifest.mjs           writes custom-elements.json
//   node test/tools/manifest/manifest.mjs --check   fails when it is not what the sources say
//   node test/tools/manifest/manifest.mjs --dist    writes the editor data and the typings for JSX, Vue and Svelte into dist
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { format } from 'prettier';
import { root } from '../bootstrap.mjs';

const file = join(root, 'custom-elements.json');

async function analyse() {
  const argv = ['analyze', '--config', 'test/tools/manifest/manifest.config.mjs', '--quiet'];
  return cli({ argv, cwd: root, noWrite: true });
}

const textOf = (manifest) => `${JSON.stringify(manifest, null, 2)}\n`;

/** Typings are named after the entry's source, scripts after what the package calls it. */
const typingsOf = { 'dist/cometchat-call.js': 'index', 'dist/phone.js': 'phone' };

const elementsOf = ({ modules }) =>
  modules.flatMap(({ declarations, path }) =>
    declarations.map((each) => ({ ...each, entry: typingsOf[path] })),
  );

const comment = (text) => (text ? `/** ${text.replaceAll('*/', '*\\/')} */\n` : '');

/** https://code.visualstudio.com/api/extension-guides/custom-data-extension */
function editorTag({
  tagName,
  description,
  attributes,
  slots = [],
  events = [],
  cssParts = [],
  cssProperties = [],
}) {
  const list = (title, entries) =>
    entries.length === 0
      ? ''
      : `\n\n### ${title}\n${entries.map(({ name, description: about }) => `- \`${name || 'default'}\`: ${about ?? ''}`).join('\n')}`;
  const choices = (type) =>
    [...type.matchAll(/'([^']*)'/g)].map(([, name]) => ({ name })).filter(({ name }) => name);
  const values = ({ type, default: initially }) =>
    type?.text === 'boolean' && initially === 'true'
      ? [{ name: 'true' }, { name: 'false' }]
      : choices(type?.text ?? '');
  return {
    name: tagName,
    description: {
      kind: 'markdown',
      value: [
        description ?? '',
        list('Events', events),
        list('Slots', slots),
        list('Parts', cssParts),
        list('CSS properties', cssProperties),
      ].join(''),
    },
    attributes: attributes.map((attribute) => {
      const found = values(attribute);
      return {
        name: attribute.name,
        description: attribute.description,
        ...(found.length > 0
          ? { values: found }
          : attribute.type?.text === 'boolean'
            ? { valueSet: 'v' }
            : {}),
      };
    }),
  };
}

const editorData = (elements) => ({ version: 1.1, tags: elements.map(editorTag) });

const banner = '// Made from custom-elements.json by the build.\n';

/** Each class, from the entry that exports it. */
const classImports = (elements) =>
  elements.map(({ name, entry }) => `import type { ${name} } from '../${entry}.js';`).join('\n');

const lines = (entries, line) =>
  entries.map((each) => `${comment(each.description)}${line(each)}`).join('\n');

/** `'on…'` and the listener; the types of the events come with the classes. */
const listener = (name) => `((event: HTMLElementEventMap['${name}']) => void) | undefined`;

/** What a template may say on the tag, whatever the framework: properties, attributes and listeners. */
function propsOf({ name, tagName, members, attributes, events }) {
  const properties = members.filter(
    ({ kind, readonly, static: isStatic }) => kind === 'field' && !readonly && !isStatic,
  );
  const named = new Set(properties.map((property) => property.name));
  const others = attributes.filter((attribute) => !named.has(attribute.name));
  const loose = (type) =>
    type?.text === 'boolean' ? "boolean | '' | 'true' | 'false'" : (type?.text ?? 'string');
  return `
/** The properties and attributes of \`<${tagName}>\`. */
export interface ${name}Props {
${lines(properties, (each) => `${each.name}?: ${name}['${each.name}'] | undefined;`)}
${lines(others, (each) => `'${each.name}'?: ${loose(each.type)} | undefined;`)}
}

/** The listeners of \`<${tagName}>\`, as \`on\` and the name of the event. */
export interface ${name}Listeners {
${lines(events, (each) => `'on${each.name}'?: ${listener(each.name)};`)}
}
`;
}

const propsImport = (elements) =>
  `import type { ${elements.flatMap(({ name }) => [`${name}Props`, `${name}Listeners`]).join(', ')} } from '../props.js';`;

const tags = (elements, type) => elements.map((each) => `'${each.tagName}': ${type(each)};`).join('\n');

const jsxTypes = (elements) => `${banner}${classImports(elements)}
${propsImport(elements)}

interface Jsx<Element> {
  ref?: ((element: Element | null) => void) | { current: Element | null } | null | undefined;
  key?: string | number | bigint | null | undefined;
  id?: string | undefined;
  slot?: string | undefined;
  class?: string | undefined;
  className?: string | undefined;
  style?: string | object | undefined;
  children?: unknown;
}

/** The tags in JSX. */
export interface CallTags {
${tags(elements, ({ name }) => `${name}Props & ${name}Listeners & Jsx<${name}>`)}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends CallTags {}
  }
}
`;

const pascal = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

const vueTypes = (elements) => `${banner}${classImports(elements)}
${propsImport(elements)}

type VueListeners<Listeners> = {
  [Name in keyof Listeners as Name extends keyof VueNames ? VueNames[Name] : never]: Listeners[Name];
};

interface VueNames {
${[...new Set(elements.flatMap(({ events }) => events.map(({ name }) => name)))].map((name) => `'on${name}': 'on${pascal(name)}';`).join('\n')}
}

type Vue<Element, Props, Listeners> = new () => Element & { $props: Props & VueListeners<Listeners> };

/** The tags in a Vue template. */
export interface CallTags {
${tags(elements, ({ name }) => `Vue<${name}, ${name}Props, ${name}Listeners>`)}
}

declare module 'vue' {
  interface GlobalComponents extends CallTags {}
}
`;

const svelteTypes = (elements) => `${banner}import type { HTMLAttributes } from 'svelte/elements';
${propsImport(elements)}

/** The same listeners in the words of Svelte 4: \`on:cometchat-user-joined\`. */
type Directives<Listeners> = {
  [Name in keyof Listeners as Name extends \`on\${infer Event}\` ? \`on:\${Event}\` : never]: Listeners[Name];
};

type Svelte<Props, Listeners> = HTMLAttributes<HTMLElement> & Props & Listeners & Directives<Listeners>;

/** The tags in a Svelte template. */
export interface CallTags {
${tags(elements, ({ name }) => `Svelte<${name}Props, ${name}Listeners>`)}
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends CallTags {}
}
`;

async function writeDist(elements) {
  const typescript = (text) => format(text, { parser: 'typescript', printWidth: 110, singleQuote: true });
  const files = {
    'vscode.html-data.json': textOf(editorData(elements)),
    'types/frameworks/props.d.ts': await typescript(
      `${banner}${classImports(elements)}\n${elements.map(propsOf).join('')}`,
    ),
    'types/frameworks/jsx.d.ts': await typescript(jsxTypes(elements)),
    'types/frameworks/vue.d.ts': await typescript(vueTypes(elements)),
    'types/frameworks/svelte.d.ts': await typescript(svelteTypes(elements)),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'dist', name)), { recursive: true });
    writeFileSync(join(root, 'dist', name), text);
  }
}

if (!existsSync(join(root, 'src/element/cometchat-call.ts'))) {
  console.error('manifest: src/element/cometchat-call.ts does not exist yet.');
} else {
  const manifest = await analyse();
  const fresh = textOf(manifest);
  if (process.argv.includes('--dist')) await writeDist(elementsOf(manifest));
  else if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error('custom-elements.json is not what the sources say: run `npm run manifest` and commit it.');
    process.exitCode = 1;
  }
}
