// custom-elements.json and what is made from it.
//   node test/tools/manifest.mjs           writes custom-elements.json
//   node test/tools/manifest.mjs --check   fails when it is not what the sources say
//   node test/tools/manifest.mjs --dist    writes the editor data and the typings for JSX, Vue and Svelte into dist
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { format } from 'prettier';
import { root } from './bootstrap.mjs';

const file = join(root, 'custom-elements.json');

async function analyse() {
  const argv = ['analyze', '--config', 'test/tools/manifest.config.mjs', '--quiet'];
  return cli({ argv, cwd: root, noWrite: true });
}

const textOf = (manifest) => `${JSON.stringify(manifest, null, 2)}\n`;

const elementOf = (manifest) => manifest.modules[0].declarations[0];

const comment = (text) => (text ? `/** ${text.replaceAll('*/', '*\\/')} */\n` : '');

/** https://code.visualstudio.com/api/extension-guides/custom-data-extension */
function editorData({
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
    version: 1.1,
    tags: [
      {
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
      },
    ],
  };
}

/** What a template may say on the tag, whatever the framework: properties, attributes and listeners. */
function frameworkTypes({ name, members, attributes, events }) {
  const properties = members.filter(
    ({ kind, readonly, static: isStatic }) => kind === 'field' && !readonly && !isStatic,
  );
  const named = new Set(properties.map((property) => property.name));
  const onlyAttributes = attributes.filter((attribute) => !named.has(attribute.name));
  const loose = (type) =>
    type?.text === 'boolean' ? "boolean | '' | 'true' | 'false'" : (type?.text ?? 'string');
  return `// Made from custom-elements.json by the build.
import type { ${name} } from '../index.js';
import type { CallDomEvents } from '../domain/call-events.js';

/** The properties of \`<cometchat-call>\`. */
export interface CallProperties {
${properties.map((each) => `${comment(each.description)}${each.name}?: ${name}['${each.name}'] | undefined;`).join('\n')}
}

/** The attributes of \`<cometchat-call>\`. */
export interface CallAttributes {
${onlyAttributes.map((each) => `${comment(each.description)}'${each.name}'?: ${loose(each.type)} | undefined;`).join('\n')}
}

/** The listeners of \`<cometchat-call>\`, as \`on\` and the name of the event. */
export interface CallListeners {
${events
  .map(
    (event) =>
      `${comment(event.description)}'on${event.name}'?: ((event: CallDomEvents['${event.name}']) => void) | undefined;`,
  )
  .join('\n')}
}
`;
}

const jsxTypes = ({ tagName, name }) => `// Made from custom-elements.json by the build.
import type { ${name} } from '../index.js';
import type { CallAttributes, CallListeners, CallProperties } from './call-props.js';

/** \`<${tagName}>\` in JSX. */
export type CallJsx = CallProperties & CallAttributes & CallListeners & {
  ref?: ((element: ${name} | null) => void) | { current: ${name} | null } | null | undefined;
  key?: string | number | bigint | null | undefined;
  id?: string | undefined;
  slot?: string | undefined;
  class?: string | undefined;
  className?: string | undefined;
  style?: string | object | undefined;
  children?: unknown;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements { '${tagName}': CallJsx }
  }
}
`;

const vueTypes = ({ tagName, name, events }) => `// Made from custom-elements.json by the build.
import type { ${name} } from '../index.js';
import type { CallDomEvents } from '../domain/call-events.js';
import type { CallAttributes, CallProperties } from './call-props.js';

/** \`<${tagName}>\` in a Vue template. */
export type CallVue = new () => ${name} & {
  $props: CallProperties & CallAttributes & {
${events
  .map((event) => {
    const camel = event.name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    return `${comment(event.description)}on${camel[0].toUpperCase()}${camel.slice(1)}?: (event: CallDomEvents['${event.name}']) => void;`;
  })
  .join('\n')}
  };
};

declare module 'vue' {
  interface GlobalComponents { '${tagName}': CallVue }
}
`;

const svelteTypes = ({ tagName }) => `// Made from custom-elements.json by the build.
import type { HTMLAttributes } from 'svelte/elements';
import type { CallAttributes, CallListeners, CallProperties } from './call-props.js';

/** The same listeners in the words of Svelte 4: \`on:cometchat-user-joined\`. */
type Directives = { [Name in keyof CallListeners as Name extends \`on\${infer Event}\` ? \`on:\${Event}\` : never]: CallListeners[Name] };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${tagName}': HTMLAttributes<HTMLElement> & CallProperties & CallAttributes & CallListeners & Directives;
  }
}
`;

async function writeDist(element) {
  const typescript = (text) => format(text, { parser: 'typescript', printWidth: 110, singleQuote: true });
  const files = {
    'vscode.html-data.json': textOf(editorData(element)),
    'types/frameworks/call-props.d.ts': await typescript(frameworkTypes(element)),
    'types/frameworks/jsx.d.ts': await typescript(jsxTypes(element)),
    'types/frameworks/vue.d.ts': await typescript(vueTypes(element)),
    'types/frameworks/svelte.d.ts': await typescript(svelteTypes(element)),
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
  if (process.argv.includes('--dist')) await writeDist(elementOf(manifest));
  else if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error('custom-elements.json is not what the sources say: run `npm run manifest` and commit it.');
    process.exitCode = 1;
  }
}
