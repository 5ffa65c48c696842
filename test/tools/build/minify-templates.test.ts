import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minifyCss, minifyHtml } from './minify-templates.mjs';

describe('the templates in the bundles', () => {
  const styles = [
    { title: 'loses line breaks and comments', from: "a {\n  /* don't */\n  b: c;\n}\n", to: 'a{b:c}' },
    {
      title: 'keeps the space that selects a descendant',
      from: ':host :hover > b { }',
      to: ':host :hover > b{}',
    },
    { title: 'keeps the spaces of a sum', from: 'a { b: calc(1px + 2px) }', to: 'a{b:calc(1px + 2px)}' },
    { title: 'keeps quoted text', from: "a { content: 'x  ,  y' }", to: "a{content:'x  ,  y'}" },
    { title: 'is left alone with half a quoted text in it', from: " a { content: '", to: " a { content: '" },
  ];
  for (const { title, from, to } of styles) it(`CSS ${title}`, () => assert.equal(minifyCss(from), to));

  it('HTML keeps one space where there was any', () =>
    assert.equal(minifyHtml('<a>\n    <b> x </b><!-- y -->\n</a>'), '<a> <b> x </b> </a>'));
});
