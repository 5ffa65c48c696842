// demo/docs/styling.md: its tables are made from custom-elements.json. `node test/tools/manifest/styling-docs.mjs` writes them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { root } from '../bootstrap.mjs';

const file = join(root, 'demo/docs/styling.md');

/** `<cometchat-call>` as the manifest has it. */
export function callElement() {
  const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
  return modules
    .flatMap(({ declarations }) => declarations)
    .find(({ tagName }) => tagName === 'cometchat-call');
}

/** The two values of `light-dark(a, b)`; anything else is the same in both. */
export function lightAndDark(value) {
  const inner = /^light-dark\(([^,]+), ([^)]+)\)$/.exec(value);
  return inner ? [inner[1], inner[2]] : [value, value];
}

const cell = (text) => text.replaceAll('|', '\\|');
const code = (text) => `\`${cell(text)}\``;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const tables = {
  tokens: ({ cssProperties }) =>
    table(
      ['token', 'light', 'dark', 'for'],
      cssProperties.map(({ name, default: initially, description }) => {
        const [light, dark] = lightAndDark(initially);
        return [code(name), code(light), light === dark ? 'the same' : code(dark), cell(description)];
      }),
    ),
  parts: ({ cssParts }) =>
    table(
      ['part', 'what it is'],
      cssParts.map(({ name, description }) => [code(name), cell(description)]),
    ),
  slots: ({ slots }) =>
    table(
      ['slot', 'what it is'],
      slots.map(({ name, description }) => [name ? code(name) : '(no name)', cell(description)]),
    ),
  states: ({ cssStates }) =>
    table(
      ['state', 'holds while'],
      cssStates.map(({ name, description }) => [code(`:state(${name})`), cell(description)]),
    ),
};

/** The document as it has to be: its own prose, and the tables of the manifest. */
export async function freshStylingDocs() {
  const element = callElement();
  const text = readFileSync(file, 'utf8').replace(
    /(<!-- (\w+) -->).*?(<!-- end -->)/gs,
    (_, start, name, end) => `${start}\n\n${tables[name](element)}\n\n${end}`,
  );
  return format(text, { parser: 'markdown', printWidth: 110 });
}

/** The document as it is. */
export const stylingDocs = () => readFileSync(file, 'utf8');

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(file, await freshStylingDocs());
