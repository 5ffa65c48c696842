// What the manifest takes from tables in the sources: rows of settings, events, buttons and styles. Their comments are the
// documentation. Each function gets the compiler and a node, and returns entries of the manifest.

const quoted = (value) => (typeof value === 'string' ? `'${value}'` : String(value));

const typeOf = {
  switch: () => 'boolean',
  number: () => 'number',
  text: () => 'string',
  choice: ({ choices }) => choices.map(quoted).join(' | '),
  object: () => 'object',
};

/** The comment above a declaration, as one line. */
const commentOf = (ts, node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The object literal below `as const` and `satisfies`, or that a function is given. */
function literal(ts, node) {
  let inner = ts.isCallExpression(node) ? node.arguments[0] : node;
  while (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  return inner;
}

/** The attributes and properties of the settings whose rows stand in `node`; `rows` are their values at run time. */
export function settingEntries(ts, node, rows) {
  return literal(ts, node.initializer).properties.map((row) => {
    const name = row.name.text;
    const { attribute, kind, defaultValue, choices } = rows[name];
    const entry = {
      type: { text: typeOf[kind]({ choices }) },
      default: typeof defaultValue === 'object' ? JSON.stringify(defaultValue) : quoted(defaultValue),
      description: commentOf(ts, row),
    };
    return {
      attribute: { name: attribute, ...entry, fieldName: name },
      field: { kind: 'field', name, ...entry, privacy: 'public', attribute },
    };
  });
}

/** The events of an interface whose members are listeners: `onUserJoined`. */
export function listenerEvents(ts, node, domEventName) {
  return node.members.map((member) => ({
    name: domEventName(member.name.text),
    type: { text: `CustomEvent<${member.type.getText()}>` },
    description: commentOf(ts, member),
  }));
}

/** The events of an interface whose members are DOM events: `'cometchat-ring-ended': CustomEvent<…>`. */
export function domEvents(ts, node) {
  return node.members
    .filter((member) => member.name && ts.isStringLiteral(member.name))
    .map((member) => ({
      name: member.name.text,
      type: { text: member.type.getText() },
      description: commentOf(ts, member),
    }));
}

/** The comment above an element of an array, which the compiler does not take for documentation. */
function commentAbove(ts, node) {
  const text = node.getSourceFile().text;
  const [range] = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  return range
    ? text
        .slice(range.pos + 3, range.end - 2)
        .replace(/\s*\n\s*\* ?/g, ' ')
        .trim()
    : '';
}

/** The parts of the buttons whose rows stand in `node`, without those that are never in the bar. */
export function buttonParts(ts, node) {
  const textIn = (row, name) => row.properties.find((each) => each.name?.text === name)?.initializer;
  return literal(ts, node.initializer)
    .elements.filter((row) => textIn(row, 'rank')?.getText() !== 'Infinity')
    .map((row) => ({ name: `button-${textIn(row, 'id').text}`, description: commentAbove(ts, row) }));
}

/** `@cssproperty --name - about` and `@csspart name - about` above a constant; a property's default is in its stylesheet. */
export function stylingEntries(ts, statement, kind) {
  return ts.getJSDocTags(statement).flatMap((tag) => {
    const [, name, description] =
      /^([\w-]+) - (.+)$/s.exec(ts.getTextOfJSDocComment(tag.comment) ?? '') ?? [];
    if (tag.tagName.text !== kind || !name) return [];
    const initially = new RegExp(`^ *${name}: ([^;]+);`, 'm').exec(statement.getText())?.[1];
    return [{ name, description: description.trim(), ...(initially && { default: initially }) }];
  });
}
