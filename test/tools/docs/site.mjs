// `npm run docs`: one static site in dist/docs from the Markdown that the repository has anyway, with a search. The demo serves it.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Marked } from 'marked';
import { root } from '../bootstrap.mjs';

const site = join(root, 'dist/docs');
const assets = join(root, 'test/tools/docs/site');

/** The pages in the order of the navigation; a page that is missing here fails the build. */
const groups = {
  'Get started': ['README', 'element', 'before-and-after', 'frameworks', 'errors', 'reference', 'types'],
  Interface: ['styling', 'languages', 'backgrounds'],
  Server: ['server', 'security', 'scale', 'call-history'],
  Ringing: ['ringing'],
  'Coming from': ['cometchat-compatibility', 'cometchat-v5', 'migration'],
  Project: ['CONTRIBUTING', 'CHANGELOG'],
};
const atTop = new Set(['README', 'CONTRIBUTING', 'CHANGELOG']);

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const plain = (html) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** The anchor that GitHub gives to a heading, so that links work there and here. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const pathOf = (name) => (atTop.has(name) ? `${name}.md` : `demo/docs/${name}.md`);
const fileOf = (name) => (name === 'README' ? 'index.html' : `${name.toLowerCase()}.html`);
const pageNames = () => [
  ...atTop,
  ...readdirSync(join(root, 'demo/docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length)),
];

/** Where a link of a page leads on the site: to another page, to a page of the demo, or as it is. */
function target(href, page) {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const linked = posix.normalize(posix.join(posix.dirname(pathOf(page)), path));
  const found = pageNames().find((name) => pathOf(name) === linked);
  const hash = anchor ? `#${anchor}` : '';
  if (found) return `${fileOf(found)}${hash}`;
  if (linked === 'demo/assets/screenshot.jpg') return 'screenshot.jpg';
  if (linked === 'demo/docs/architecture.svg') return 'architecture.svg';
  if (linked.startsWith('demo/')) return `/${linked.slice('demo/'.length)}${hash}`;
  throw new Error(`${pathOf(page)} links to ${href}, which the site does not have.`);
}

/** HTML of a page, and its sections for the search. */
function render(name) {
  const headings = [];
  const used = new Set();
  const renderer = {
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const anchor = anchorOf(plain(html));
      headings.push({ depth, anchor, title: plain(html) });
      if (used.has(anchor)) throw new Error(`${pathOf(name)} has two headings “${plain(html)}”.`);
      used.add(anchor);
      const link =
        depth === 1
          ? ''
          : `<a class="anchor" href="#${anchor}" aria-label="Link to ${escape(plain(html))}">#</a>`;
      return `<h${depth} id="${anchor}">${html}${link}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      return `<a href="${escape(target(href, name))}">${this.parser.parseInline(tokens)}</a>`;
    },
    image({ href, text }) {
      return `<img src="${escape(target(href, name))}" alt="${escape(text)}" loading="lazy" />`;
    },
    code({ text, lang }) {
      // GitHub draws it; here, the text beside it says the same.
      if (lang === 'mermaid') return '';
      // What scrolls can be reached by keyboard.
      return `<pre tabindex="0"><code>${escape(text)}</code></pre>\n`;
    },
    html({ text }) {
      // Markers of generated tables are comments; there is no other HTML in the documents.
      return /^\s*<!--[^]*-->\s*$/.test(text) ? '' : escape(text);
    },
  };
  const marked = new Marked({ gfm: true, renderer });
  const html = marked
    .parse(readFileSync(join(root, pathOf(name)), 'utf8'))
    .replaceAll('<table>', '<div class="table" tabindex="0" role="group" aria-label="Table"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<th>', '<th scope="col">');
  return { name, file: fileOf(name), html, headings, title: headings[0]?.title ?? name };
}

/** One entry for each section: what the search looks through. */
function sectionsOf({ file, html, headings, title }) {
  return html.split(/(?=<h[1-4] id=)/).flatMap((part) => {
    const [, anchor] = /^<h[1-4] id="([^"]*)"/.exec(part) ?? [];
    const heading = headings.find((each) => each.anchor === anchor);
    if (!heading) return [];
    const text = plain(part.replace(/^<h[1-4].*?<\/h[1-4]>/s, ''));
    return [
      { page: title, title: heading.title, url: heading.depth === 1 ? file : `${file}#${anchor}`, text },
    ];
  });
}

const navigation = (pages, current) =>
  Object.entries(groups)
    .map(([group, names]) => {
      const items = names.map((name) => {
        const page = pages.find((each) => each.name === name);
        const mark = name === current ? ' aria-current="page"' : '';
        const label = name === 'README' ? 'Overview' : page.title;
        return `<li><a href="${page.file}"${mark}>${escape(label)}</a></li>`;
      });
      return `<h2>${group}</h2><ul>${items.join('')}</ul>`;
    })
    .join('');

const contentsOf = ({ headings }) => {
  const list = headings.filter(({ depth }) => depth === 2);
  if (list.length < 3) return '';
  const items = list.map(({ anchor, title }) => `<li><a href="#${anchor}">${escape(title)}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`;
};

const fill = (template, values) => template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);

/** Writes the site. */
export function writeSite(folder = site) {
  const listed = Object.values(groups).flat();
  const missing = pageNames().filter((name) => !listed.includes(name));
  if (missing.length > 0) throw new Error(`The navigation of the site lacks ${missing.join(', ')}.`);
  const pages = listed.map(render);
  const template = readFileSync(join(assets, 'page.html'), 'utf8');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const page of pages)
    writeFileSync(
      join(folder, page.file),
      fill(template, {
        title: page.name === 'README' ? 'cometchat-call' : `${escape(page.title)} · cometchat-call`,
        navigation: navigation(pages, page.name),
        contents: contentsOf(page),
        content: page.html,
      }),
    );
  writeFileSync(join(folder, 'search.json'), JSON.stringify(pages.flatMap(sectionsOf)));
  for (const name of ['docs.css', 'docs.js']) copyFileSync(join(assets, name), join(folder, name));
  copyFileSync(join(root, 'demo/assets/favicon.svg'), join(folder, 'favicon.svg'));
  copyFileSync(join(root, 'demo/assets/screenshot.jpg'), join(folder, 'screenshot.jpg'));
  copyFileSync(join(root, 'demo/docs/architecture.svg'), join(folder, 'architecture.svg'));
  return pages.map(({ file }) => file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(dirname(site), { recursive: true });
  console.log(`${writeSite().length} pages in dist/docs`);
}
