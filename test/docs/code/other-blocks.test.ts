import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandRows } from '../../../src/element/commands/command-rows.js';
import { helpText } from '../../../src/server/cli/help.js';
import { variables } from '../../../src/server/config/server-options.js';
import { elements as manifestElements } from '../../tools/docs/reference.mjs';
import { blocks, blocksIn, placeOf } from './blocks.js';
import { parseHtml, type HtmlElement } from './html.js';

interface Named {
  readonly name: string;
  readonly type?: { readonly text: string };
}

interface ManifestElement {
  readonly tagName: string;
  readonly attributes?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

const root = join(import.meta.dirname, '..', '..', '..');
const manifest = new Map(
  (manifestElements() as readonly ManifestElement[]).map((each) => [each.tagName, each]),
);
const namesOf = (list: readonly Named[] = []): readonly string[] => list.map(({ name }) => name);
const everyName = (list: 'slots' | 'cssParts' | 'cssProperties' | 'cssStates'): readonly string[] =>
  [...manifest.values()].flatMap((each) => namesOf(each[list]));

const globalAttributes = /^(id|class|slot|lang|dir|hidden|title|style|role|data-.+|aria-.+)$/;
const ringCommands = ['--call-video', '--call-audio'];
const commands = new Set([...Object.keys(commandRows), ...ringCommands, '--start-session']);

/** What is wrong with an element, by the manifest. */
function faultsOf({ tag, attributes, parent }: HtmlElement): readonly string[] {
  const faults: string[] = [];
  const known = manifest.get(tag);
  if (tag.startsWith('cometchat-') && !known) return [`<${tag}> does not exist`];
  for (const [name, value] of Object.entries(attributes)) {
    if (known && !globalAttributes.test(name)) {
      const attribute = known.attributes?.find((each) => each.name === name);
      if (!attribute) faults.push(`<${tag} ${name}> does not exist`);
      const choices = [...(attribute?.type?.text ?? '').matchAll(/'([^']*)'/g)].map(([, choice]) => choice);
      if (choices.length > 0 && value !== '…' && !choices.includes(value)) faults.push(`${name}="${value}"`);
    }
    if (name === 'command' && value.startsWith('--') && !commands.has(value))
      faults.push(`command="${value}"`);
    if (tag === 'cometchat-call-button' && name === 'action' && !commands.has(`--${value}`))
      faults.push(`action="${value}"`);
  }
  const slots = manifest.get(parent)?.slots;
  const { slot } = attributes;
  if (slots && slot !== undefined && !namesOf(slots).includes(slot)) faults.push(`slot="${slot}"`);
  return faults;
}

describe('the code in the documents', () => {
  it('is in languages that a test checks', () => {
    const checked = ['js', 'ts', 'jsx', 'html', 'css', 'json', 'sh'];
    const others = blocks.filter(
      ({ language, mark }) => !checked.includes(language) && !mark.startsWith('backend'),
    );
    // The configuration of other programs, and a drawing.
    assert.deepEqual(
      others.map(({ page, language }) => `${page} ${language}`),
      ['CONTRIBUTING.md mermaid', 'demo/docs/server.md nginx', 'demo/docs/server.md '],
    );
  });

  it('HTML is well-formed, and has the elements, attributes, values, slots and commands of the manifest', () => {
    const faults = blocksIn('html').flatMap((block) => {
      const { elements, errors } = parseHtml(block.text);
      return [...errors, ...elements.flatMap(faultsOf)].map((fault) => `${placeOf(block)} ${fault}`);
    });
    assert.deepEqual(faults, []);
  });

  it('JSON can be parsed, also that of import maps', () => {
    for (const { text } of blocksIn('json')) assert.doesNotThrow(() => JSON.parse(text), text);
    const maps = blocksIn('html')
      .flatMap(({ text }) => parseHtml(text).elements)
      .filter(({ attributes }) => attributes['type'] === 'importmap');
    assert.ok(maps.length > 0);
    for (const { text } of maps) assert.doesNotThrow(() => JSON.parse(text), text);
  });

  it('CSS uses parts, states and custom properties that exist', () => {
    const found = (text: string, pattern: RegExp): readonly string[] =>
      [...text.matchAll(pattern)].map(([, name = '']) => name);
    const css = blocksIn('css').map(({ text }) => text);
    assert.ok(css.length > 0);
    for (const text of css) {
      for (const part of found(text, /::part\(([\w-]+)\)/g))
        assert.ok(everyName('cssParts').includes(part), part);
      for (const name of found(text, /(--cometchat-[\w-]+)\s*:/g))
        assert.ok(everyName('cssProperties').includes(name), name);
      for (const state of found(text, /:state\(([\w-]+)\)/g))
        assert.ok(everyName('cssStates').includes(state), state);
    }
  });

  it('shell commands run scripts, flags and variables that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const faults = blocksIn('sh').flatMap((block) =>
      block.text
        .split('\n')
        .map((line) => line.replace(/#.*$/, '').trim())
        .filter(Boolean)
        .flatMap((line) => shellFault(line, scripts).map((fault) => `${placeOf(block)} ${fault}`)),
    );
    assert.deepEqual(faults, []);
  });
});

const environment = new Set<string>(Object.values(variables));

function shellFault(line: string, scripts: Readonly<Record<string, string>>): readonly string[] {
  const [, variable] = /^(?:export )?([A-Z_]+)=/.exec(line) ?? [];
  if (variable) return environment.has(variable) ? [] : [`${variable} is no variable of the server`];
  const [, script] = /^npm (?:run )?([\w:]+)/.exec(line) ?? [];
  if (script === 'install') return [];
  if (script) return script in scripts ? [] : [`there is no script ${script}`];
  const [, command = '', rest = ''] =
    /^(?:node dist\/server\/cli\.js|(?:npx )?cometchat-call) ([\w-]+)(.*)$/.exec(line) ?? [];
  const usage = helpText
    .split('\n')
    .filter((each) => each.includes(`cometchat-call ${command}`) || /^ {3,}\[--/.test(each));
  if (!usage.some((each) => each.includes(`cometchat-call ${command} `))) return [`no test checks “${line}”`];
  const flags = [...rest.matchAll(/(--[\w-]+)/g)].map(([, flag = '']) => flag);
  return flags
    .filter((flag) => !usage.some((each) => each.includes(flag)))
    .map((flag) => `${command} has no ${flag}`);
}

describe('migration.md', () => {
  it('names methods, properties, attributes, events and commands that exist', () => {
    const text = readFileSync(join(root, 'demo/docs/migration.md'), 'utf8');
    const [call] = [...(manifestElements() as readonly CallElement[])];
    assert.equal(call?.tagName, 'cometchat-call');
    const known = [call.attributes, call.members, call.events].flatMap(namesOf);
    const last = [...text.matchAll(/^\|.*\| ([^|]*) \|$/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
    );
    const names = last
      .map((code) => code.replace(/\(.*$/, ''))
      .filter((code) => !/^(<|data\.|dist\/|lang$|MESH_LIMIT)/.test(code) && !code.includes('…'));
    assert.ok(names.length > 30, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => !(name.startsWith('--') ? commands.has(name) : known.includes(name))),
      [],
    );
  });
});

interface CallElement extends ManifestElement {
  readonly members: readonly Named[];
  readonly events: readonly Named[];
}
