// custom-elements.json: what the analyzer reads in the classes of the elements, joined by what stands in tables: the attributes
// and properties of `settingRows`, the events of `CallEvents` and of interfaces like it. Their comments are the documentation.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textOf } from '../checks/source-files.mjs';
import { buttonParts, domEvents, listenerEvents, settingEntries, stylingEntries } from './tables.mjs';

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
const entries = { 'src/tag.ts': 'dist/cometchat-call.js', 'src/phone.ts': 'dist/phone.js' };

function publishedIn(className) {
  const found = Object.entries(entries).find(
    ([entry]) => existsSync(source(`../${entry}`)) && textOf(entry).includes(className),
  );
  if (!found) throw new Error(`No entry exports ${className}: ${Object.keys(entries).join(', ')}`);
  return found[1];
}

/** Removes from an element what is not public, and gives its events their types. */
function tidy(element, known) {
  // The classes between the two are internal.
  element.superclass = { name: 'LitElement', package: 'lit' };
  const isPublic = ({ name, privacy = 'public' }) =>
    privacy === 'public' && name !== undefined && !name.startsWith('#');
  const plain = ({ inheritedFrom: _, ...each }) => each;
  element.members = (element.members ?? []).filter(isPublic).map(plain);
  element.attributes = (element.attributes ?? []).map(plain);
  element.events = (element.events ?? [])
    // The analyzer names an event by its variable if the name is a variable.
    .filter(({ name }) => name?.startsWith('cometchat-'))
    .map((event) => {
      const { type, description } = known.find(({ name }) => name === event.name) ?? {};
      return { ...plain(event), ...(type && { type }), description: event.description || description || '' };
    });
}

/** Adds entries to a list; an entry of a table replaces the analyzer's of the same name. */
const join = (own = [], added) => [
  ...own.filter((each) => !added.some(({ name }) => name === each.name)),
  ...added,
];

/** The button parts after the part of all buttons. */
const withButtons = (parts, buttons) =>
  parts.flatMap((part) => (part.name === 'button' ? [part, ...buttons] : [part]));

/** The modules of the manifest: one for each published file, with the elements that it defines. */
function publishedModules(elements) {
  const modules = new Map();
  for (const element of elements) {
    const path = publishedIn(element.name);
    const module = modules.get(path) ?? { kind: 'javascript-module', path, declarations: [], exports: [] };
    modules.set(path, module);
    const declaration = { name: element.name, module: path };
    module.declarations.push(element);
    module.exports.push(
      { kind: 'js', name: element.name, declaration },
      { kind: 'custom-element-definition', name: element.tagName, declaration },
    );
  }
  return [...modules.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function settingsAndEvents() {
  const found = { settings: [], events: [], domEvents: [], buttons: [], cssproperty: [], csspart: [] };
  return {
    name: 'settings-and-events',
    analyzePhase({ ts, node }) {
      if (ts.isVariableStatement(node))
        for (const kind of ['cssproperty', 'csspart']) found[kind].push(...stylingEntries(ts, node, kind));
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'settingRows')
        found.settings.push(...settingEntries(ts, node, settingRows));
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'controlRows')
        found.buttons.push(...buttonParts(ts, node));
      if (!ts.isInterfaceDeclaration(node)) return;
      if (node.name.text === 'CallEvents') found.events.push(...listenerEvents(ts, node, domEventName));
      else if (node.name.text.endsWith('Events')) found.domEvents.push(...domEvents(ts, node));
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      const elements = manifest.modules
        .flatMap((module) => module.declarations ?? [])
        .filter(({ tagName }) => tagName !== undefined);
      const call = elements.find(({ tagName }) => tagName === 'cometchat-call');
      if (!call) throw new Error('No class is tagged @tag cometchat-call.');
      call.attributes = join(
        call.attributes,
        found.settings.map(({ attribute }) => attribute),
      );
      call.members = join(
        call.members,
        found.settings.map(({ field }) => field),
      );
      call.events = join(call.events, found.events);
      call.cssProperties = join(call.cssProperties, found.cssproperty);
      call.cssParts = join(call.cssParts, withButtons(found.csspart, found.buttons));
      elements.forEach((element) => tidy(element, found.domEvents));
      manifest.modules = publishedModules(elements);
    },
  };
}

export default {
  globs: [
    'src/element/**/*.ts',
    'src/settings/setting-rows.ts',
    'src/domain/call/call-events.ts',
    'src/ui/base/styles/tokens.styles.ts',
    'src/ui/view/call-parts.ts',
    'src/ui/controls/control-rows.ts',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [settingsAndEvents()],
};
