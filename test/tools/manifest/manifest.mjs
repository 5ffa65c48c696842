// custom-elements.json and what is made from it.
//   node test/tools/manifest/manifest.mjs           writes custom-elements.json
//   node test/tools/manifest/manifest.mjs --check   fails when it is not what the sources say
//   node test/tools/manifest/manifest.mjs --dist    writes the editor data and the typings for frameworks into dist
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { format } from 'prettier';
import { root } from '../bootstrap.mjs';
import { frameworkTypings } from './framework-typings.mjs';
import { webTypes } from './web-types.mjs';

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

async function writeDist(elements) {
  const typescript = (text) => format(text, { parser: 'typescript', printWidth: 110, singleQuote: true });
  const files = {
    'vscode.html-data.json': textOf(editorData(elements)),
    'web-types.json': textOf(webTypes(elements)),
    // `import 'cometchat-call/vue'` without `type` is an import at run time too.
    'frameworks/types-only.js': 'export {};\n',
  };
  for (const [name, text] of Object.entries(frameworkTypings(elements)))
    files[`types/frameworks/${name}.d.ts`] = await typescript(text);
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
