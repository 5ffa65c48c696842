/** Draws the tag of an element as coloured source; a long token is shortened. */
export function drawTag(pre, element) {
  const code = document.createElement('code');
  code.append(piece('punctuation', '<'), piece('tag', element.localName));
  const attributes = ownAttributes(element);
  for (const { name, value } of attributes)
    code.append(...attributePieces(name, value, attributes.length > 1));
  code.append(
    attributes.length > 1 ? '\n' : '',
    piece('punctuation', '></'),
    piece('tag', element.localName),
  );
  code.append(piece('punctuation', '>'));
  pre.replaceChildren(code);
}

/** The tag of an element as text that can be pasted into a page. */
export function tagText(element) {
  const attributes = ownAttributes(element).map(({ name, value }) =>
    value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`,
  );
  return `<${element.localName}${attributes.join('')}></${element.localName}>`;
}

/** Without those that only this page needs. */
function ownAttributes({ attributes }) {
  return [...attributes].filter(({ name }) => !['id', 'class', 'theme'].includes(name));
}

function attributePieces(name, value, isOnItsOwnLine) {
  const pieces = [isOnItsOwnLine ? '\n  ' : ' ', piece('attribute', name)];
  if (value === '') return pieces;
  const shown = value.length > 44 ? `${value.slice(0, 22)}…` : escaped(value);
  return [...pieces, piece('punctuation', '="'), piece('value', shown), piece('punctuation', '"')];
}

function piece(kind, text) {
  const span = document.createElement('span');
  span.className = `tok-${kind}`;
  span.textContent = text;
  return span;
}

function escaped(value) {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
