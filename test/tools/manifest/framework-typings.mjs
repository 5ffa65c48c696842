// The typings of the tags in templates, for each framework, from custom-elements.json. The frameworks differ in what `attribute={false}`
// does; what would silently leave a setting on is refused. `demo/examples/typings` holds them to it.

const banner = '// Made from custom-elements.json by the build.\n';

const comment = (text) => (text ? `/** ${text.replaceAll('*/', '*\\/')} */\n` : '');

/** Each class, from the entry that exports it. */
const classImports = (elements) =>
  [...new Set(elements.map(({ entry }) => entry))]
    .map((entry) => {
      const names = elements.filter((each) => each.entry === entry).map(({ name }) => name);
      return `import type { ${names.join(', ')} } from '../${entry}.js';`;
    })
    .join('\n');

const lines = (entries, line) =>
  entries.map((each) => `${comment(each.description)}${line(each)}`).join('\n');

const isWritable = ({ kind, readonly, static: isStatic }) => kind === 'field' && !readonly && !isStatic;

/** Custom elements have these from HTML, typed by each framework. */
const global = ['lang', 'dir', 'title', 'hidden'];

/** What a value is as text in a template. */
function asText(type = 'string', initially) {
  if (type === 'boolean') return initially === 'true' ? 'OnByDefault' : 'OffByDefault';
  if (type === 'number') return 'number | `${number}`';
  return type;
}

/** Properties, attributes and listeners, whatever the framework. */
function propsOf({ name, tagName, members, attributes, events }) {
  const properties = members.filter((each) => isWritable(each) && !global.includes(each.name));
  const names = [...global, ...properties.map((each) => each.name)];
  const own = attributes.filter(({ name: each, type }) => !names.includes(each) && type?.text !== 'object');
  return `
/** The properties of \`<${tagName}>\`. */
export interface ${name}Properties {
${lines(properties, (each) => `${each.name}?: ${name}['${each.name}'] | undefined;`)}
}

/** The attributes of \`<${tagName}>\`. */
export interface ${name}Attributes {
${lines(own, (each) => `'${each.name}'?: ${asText(each.type?.text, each.default)} | undefined;`)}
}

/** The events of \`<${tagName}>\`. */
export interface ${name}Events {
${lines(events, (each) => `'${each.name}': GlobalEventHandlersEventMap['${each.name}'];`)}
}
`;
}

const props = (elements) => `${banner}${classImports(elements)}

/**
 * A setting that is on by default. \`false\` is refused: React leaves such an attribute out, and the setting stays on. Write
 * \`"false"\`, or set the property.
 */
export type OnByDefault = true | '' | 'true' | 'false';

/** A setting that is off by default. */
export type OffByDefault = boolean | '' | 'true' | 'false';

/** \`on\` and the name of the event. */
export type Listeners<Events> = {
  [Name in keyof Events as \`on\${Name & string}\`]?: ((event: Events[Name]) => void) | undefined;
};

/** \`on:\` and the name of the event. */
export type Directives<Events> = {
  [Name in keyof Events as \`on:\${Name & string}\`]?: ((event: Events[Name]) => void) | undefined;
};
${elements.map(propsOf).join('')}`;

const propsImport = (elements, ...shared) =>
  `import type { ${[
    ...shared,
    ...elements.flatMap(({ name }) => [`${name}Properties`, `${name}Attributes`, `${name}Events`]),
  ].join(', ')} } from './props.js';`;

const tags = (elements, type) => elements.map((each) => `'${each.tagName}': ${type(each)};`).join('\n');

const three = (name) => `${name}Properties, ${name}Attributes, ${name}Events`;

const react = (elements) => `${banner}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${classImports(elements)}
${propsImport(elements, 'Listeners')}

/** \`class\` is how React 18 writes it on custom elements. */
type Tag<Element, Properties, Attributes, Events> = Omit<
  DetailedHTMLProps<HTMLAttributes<Element>, Element>,
  keyof Properties | keyof Attributes
> &
  Properties &
  Attributes &
  Listeners<Events> & { class?: string | undefined };

/** The tags in the JSX of React 18 and 19. */
export interface CallTags {
${tags(elements, ({ name }) => `Tag<${name}, ${three(name)}>`)}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends CallTags {}
  }
}
`;

const preact = (elements) => `${banner}import type { HTMLAttributes } from 'preact';
${classImports(elements)}
${propsImport(elements, 'Listeners')}

type Tag<Element extends EventTarget, Properties, Attributes, Events> = Omit<
  HTMLAttributes<Element>,
  keyof Properties | keyof Attributes
> &
  Properties & { [Name in keyof Attributes]: Attributes[Name] | boolean } & Listeners<Events>;

/** The tags in the JSX of Preact. */
export interface CallTags {
${tags(elements, ({ name }) => `Tag<${name}, ${three(name)}>`)}
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends CallTags {}
  }
}
`;

const solid = (elements) => `${banner}import type { JSX } from 'solid-js';
${classImports(elements)}
${propsImport(elements, 'Directives')}

/** Solid writes attributes in kebab case as properties; \`attr:\` and \`prop:\` say which is meant. */
type Tag<Element, Properties, Attributes, Events> = Omit<
  JSX.HTMLAttributes<Element>,
  keyof Attributes
> & { [Name in keyof Attributes]: Attributes[Name] | boolean } & {
  [Name in keyof Properties as Name extends Lowercase<Name & string> ? Name : never]: Properties[Name];
} & {
  [Name in keyof Properties as \`prop:\${Name & string}\`]?: Properties[Name];
} & { [Name in keyof Attributes as \`attr:\${Name & string}\`]?: Attributes[Name] } & Directives<Events>;

/** The tags in the JSX of Solid. */
export interface CallTags {
${tags(elements, ({ name }) => `Tag<${name}, ${three(name)}>`)}
}

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends CallTags {}
  }
}
`;

const pascal = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

const vue = (elements) => `${banner}import type { HTMLAttributes, PublicProps } from 'vue';
${classImports(elements)}
${propsImport(elements)}

/** A static attribute is text; Vue writes \`"false"\` as it is. */
type AsText<Value> = Value extends boolean
  ? boolean | '' | 'true' | 'false'
  : Value extends number
    ? number | \`\${number}\`
    : Value;

type Texts<Properties> = { [Name in keyof Properties]?: AsText<Properties[Name]> };

interface VueNames {
${[...new Set(elements.flatMap(({ events }) => events.map(({ name }) => name)))].map((name) => `'${name}': 'on${pascal(name)}';`).join('\n')}
}

type VueListeners<Events> = {
  [Name in keyof Events as Name extends keyof VueNames ? VueNames[Name] : never]?: (event: Events[Name]) => void;
};

type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\`
  ? \`\${Head}\${Capitalize<Camel<Tail>>}\`
  : Name;

/** Vue looks up attributes in camel case. */
type Camels<Attributes> = {
  [Name in keyof Attributes as Camel<Name & string>]?: AsText<Attributes[Name]>;
};

type Tag<Element, Properties, Attributes, Events> = new () => Element & {
  $props: Omit<HTMLAttributes, keyof Properties> &
    PublicProps &
    Texts<Properties> &
    Omit<Camels<Attributes>, keyof Properties> &
    VueListeners<Events>;
};

/** The tags in a Vue template. */
export interface CallTags {
${tags(elements, ({ name }) => `Tag<${name}, ${three(name)}>`)}
}

declare module 'vue' {
  interface GlobalComponents extends CallTags {}

  /** In strict templates, Vue refuses the attribute that gives an element to a slot of a custom element. */
  interface HTMLAttributes {
    slot?: string | undefined;
  }
}
`;

const svelte = (elements) => `${banner}import type { HTMLAttributes } from 'svelte/elements';
${classImports(elements)}
${propsImport(elements, 'Listeners', 'Directives')}

type Tag<Element extends EventTarget, Properties, Attributes, Events> = Omit<
  HTMLAttributes<Element>,
  keyof Properties | keyof Attributes
> &
  Properties & { [Name in keyof Attributes]: Attributes[Name] | boolean } & Listeners<Events> &
  Directives<Events>;

/** The tags in a Svelte template. */
export interface CallTags {
${tags(elements, ({ name }) => `Tag<${name}, ${three(name)}>`)}
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends CallTags {}
}
`;

/** The texts of the typings, by the name of their file without its ending. `jsx` is React's. */
export function frameworkTypings(elements) {
  const typings = { props, jsx: react, preact, solid, vue, svelte };
  return Object.fromEntries(Object.entries(typings).map(([name, write]) => [name, write(elements)]));
}
