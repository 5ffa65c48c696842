// A rollup plugin: takes out of css`…`, html`…` and svg`…` the white space that only the source needs. It never changes what
// is drawn: in HTML a run of white space becomes one space and stays; in CSS quoted text is left alone.
import MagicString from 'magic-string';

const quoted = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/;

const plainCss = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    // A space before a colon may be the one of `a :hover`.
    .replace(/: /g, ':')
    .replace(/;}/g, '}');

const plain = (text) => text.replace(/\/\*[^]*?\*\//g, '');

/** Strings are kept as they are; what lies between them is squeezed. */
export function minifyCss(text) {
  const parts = plain(text).split(quoted);
  // A string that goes on beyond `${…}`: better to leave it all.
  if (parts.some((part, index) => index % 2 === 0 && /["']/.test(part))) return text;
  return parts.map((part, index) => (index % 2 === 0 ? plainCss(part) : part)).join('');
}

export const minifyHtml = (text) => text.replace(/<!--[^]*?-->/g, '').replace(/\s+/g, ' ');

const minifiers = { css: minifyCss, html: minifyHtml, svg: minifyHtml };

/** Words whose white space is drawn: such a template is left alone. */
const delicate = /<(?:pre|textarea)\b|white-space\s*:\s*pre/;

export function minifyTemplates() {
  return {
    name: 'minify-templates',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id.replaceAll('\\', '/')) || !/\b(?:css|html|svg)`/.test(code)) return null;
      const output = new MagicString(code);
      const visit = (node) => {
        if (Array.isArray(node)) return node.forEach(visit);
        if (!node || typeof node !== 'object') return undefined;
        if (node.type === 'TaggedTemplateExpression') shorten(node);
        return Object.values(node).forEach(visit);
      };
      const shorten = ({ tag, quasi }) => {
        const minify = minifiers[tag.name];
        const text = code.slice(quasi.start, quasi.end);
        if (!minify || delicate.test(text)) return;
        for (const { start, end } of quasi.quasis)
          if (start < end) output.overwrite(start, end, minify(code.slice(start, end)));
      };
      visit(this.parse(code));
      return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) };
    },
  };
}
