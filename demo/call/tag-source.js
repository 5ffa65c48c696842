/** Draws the tags of elements as coloured source, an attribute per line; a long token is shortened. */
export function drawTag(pre, ...elements) {
  const code = document.createElement('code');
  for (const element of elements) code.append(code.hasChildNodes() ? '\n' : '', ...tagPieces(element));
  pre.replaceChildren(code);
}

function tagPieces(element) {
  const attributes = ownAttributes(element);
  const code = new DocumentFragment();
  code.append(piece('punctuation', '<'), piece('tag', element.localName));
  for (const attribute of attributes) code.append('\n  ', ...attributePieces(attribute));
  code.append(
    attributes.length > 0 ? '\n' : '',
    piece('punctuation', '></'),
    piece('tag', element.localName),
  );
  code.append(piece('punctuation', '>'));
  return code.childNodes;
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
  return [...attributes].filter(
    ({ name, value }) => !(name === 'id' && value === 'call') && !(name === 'theme' && value === ''),
  );
}

function attributePieces({ name, value }) {
  if (value === '') return [piece('attribute', name)];
  const shown = value.length > 44 ? `${value.slice(0, 22)}…` : escaped(value);
  return [
    piece('attribute', name),
    piece('punctuation', '="'),
    piece('value', shown),
    piece('punctuation', '"'),
  ];
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
