// What editors of JetBrains read of custom-elements.json: https://github.com/JetBrains/web-types
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';

/** Without what is not known. */
const known = (entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const typed = ({ name, description, type, default: initially }) =>
  known({ name, description, type: type?.text, default: initially });

/** A name without a value is written for `true`, and what is true by default is switched off by its value. */
const attribute = ({ name, description, type, default: initially }) =>
  known({
    name,
    description,
    default: initially,
    value: { type: type?.text ?? 'string', required: type?.text !== 'boolean' },
  });

const named = ({ name, description }) => known({ name: name || 'default', description });

const element = ({ tagName, description, attributes, slots = [], events = [], members = [] }) =>
  known({
    name: tagName,
    description,
    attributes: attributes.map(attribute),
    slots: slots.map(named),
    js: {
      properties: members
        .filter(
          ({ kind, privacy, static: isStatic }) =>
            kind === 'field' && !isStatic && (privacy ?? 'public') === 'public',
        )
        .map(typed),
      events: events.map(typed),
    },
  });

/** Each once: elements share parts and properties. */
const once = (entries) => [...new Map(entries.map((entry) => [entry.name, entry])).values()];

export function webTypes(elements) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const all = (list) => elements.flatMap((each) => each[list] ?? []);
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name,
    version,
    'description-markup': 'markdown',
    'js-types-syntax': 'typescript',
    contributions: {
      html: { elements: elements.map(element) },
      css: {
        properties: once(all('cssProperties').map(named)),
        'pseudo-elements': once(
          all('cssParts').map(({ name: part, description }) => known({ name: `part(${part})`, description })),
        ),
        'pseudo-classes': once(
          all('cssStates').map(({ name: state, description }) =>
            known({ name: `state(${state})`, description }),
          ),
        ),
      },
    },
  };
}
