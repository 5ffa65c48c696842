// demo/docs/reference.md, all of it from custom-elements.json, and demo/docs/types.md, from the types. `node
// test/tools/docs/reference.mjs` writes both, with `--check` it fails when a page is not what its sources say.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { root } from '../bootstrap.mjs';

/** The elements, as the manifest has them. */
export function elements() {
  const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
  return modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
}

const cell = (text = '') =>
  text
    .replaceAll('\n', ' ')
    .replaceAll('|', '\\|')
    // Only code may have angle brackets: Markdown takes the rest for HTML.
    .replace(/(`[^`]*`)|</g, (_, code) => code ?? '&lt;');
const code = (text) => (text ? `\`${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}\`` : '');

const table = (title, head, rows) =>
  rows.length === 0
    ? ''
    : `### ${title}\n\n${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\n`;

/** A method as it is called. */
const signature = ({ name, parameters = [], return: result }) =>
  `${name}(${parameters
    .map(({ name: each, optional, default: initially, type }) => {
      const mark = optional || initially !== undefined ? '?' : '';
      return type?.text ? `${each}${mark}: ${type.text}` : `${each}${mark}`;
    })
    .join(', ')})${result?.type?.text ? `: ${result.type.text}` : ''}`;

function section(element) {
  const { tagName, description = '', attributes = [], members = [], events = [] } = element;
  const named = (list = []) =>
    list.map(({ name, description: about }) => [name ? code(name) : '(no name)', cell(about)]);
  const title = (text) => `${text} of ${tagName}`;
  const shown = members.filter(({ privacy, static: isStatic }) => !privacy && !isStatic);
  return [
    `## ${tagName}\n\n${description.replaceAll('\n', ' ')}\n\n`,
    table(
      title('Attributes'),
      ['attribute', 'property', 'type', 'default', 'meaning'],
      attributes.map(({ name, fieldName, type, default: initially, description: about }) => [
        code(name),
        code(fieldName),
        code(type?.text),
        code(initially),
        cell(about),
      ]),
    ),
    table(
      title('Properties without an attribute'),
      ['property', 'type', 'meaning'],
      shown
        .filter(({ kind, attribute }) => kind === 'field' && !attribute)
        .map(({ name, type, description: about, readonly }) => [
          code(name),
          code(type?.text),
          cell(`${readonly ? 'Read only. ' : ''}${about ?? ''}`),
        ]),
    ),
    table(
      title('Methods'),
      ['method', 'meaning'],
      shown
        .filter(({ kind }) => kind === 'method')
        .map((each) => [code(signature(each)), cell(each.description)]),
    ),
    table(
      title('Events'),
      ['event', 'type', 'raised when'],
      events.map(({ name, type, description: about }) => [code(name), code(type?.text), cell(about)]),
    ),
    table(title('Slots'), ['slot', 'what it is'], named(element.slots)),
    table(title('Parts'), ['part', 'what it is'], named(element.cssParts)),
    table(
      title('States'),
      ['state', 'holds while'],
      named(element.cssStates?.map((each) => ({ ...each, name: `:state(${each.name})` }))),
    ),
    table(title('Custom properties'), ['custom property', 'what it is'], named(element.cssProperties)),
  ].join('');
}

/** The page as it has to be. */
export const freshReference = () =>
  format(
    `# Reference\n\nEvery attribute, property, method and event of every element. This page is made from \`custom-elements.json\`; the guides
explain how to use it. [Types](types.md) has \`CometChatCalls\`, its builders, the details of the events, and the options of the server.\n\n${elements().map(section).join('')}`,
    { parser: 'markdown', printWidth: 132, proseWrap: 'preserve' },
  );

/** Writes a page, or says that it is not what it has to be. */
function settle(name, fresh) {
  const file = join(root, 'demo/docs', name);
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error(`demo/docs/${name} is not what its sources say: run \`npm run manifest\` and commit it.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  settle('reference.md', await freshReference());
  // Only here: tests read the elements alone, and the compiler takes seconds.
  const { freshTypes } = await import('./types-reference.mjs');
  settle('types.md', await freshTypes());
}
