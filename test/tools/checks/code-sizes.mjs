// The lengths of files and functions, and the public members of classes, for the test that limits them.
import ts from 'typescript';

/** The limits of `test/structure/sizes.test.ts`. `docs` of the project repeat these numbers. */
export const limits = { fileLines: 300, functionLines: 60, publicMembers: 12, folderEntries: 12 };

export const linesOf = (text) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** The functions of a source that are too long, as `name (lines)`. */
export function longFunctions(file, text, limit = limits.functionLines) {
  const source = parsed(file, text);
  const lineAt = (position) => source.getLineAndCharacterOfPosition(position).line;
  return nodesOf(source)
    .filter((node) => ts.isFunctionLike(node) && node.body && !isSuite(node))
    .map((node) => ({ node, lines: lineAt(node.getEnd()) - lineAt(node.getStart(source)) + 1 }))
    .filter(({ lines }) => lines > limit)
    .map(({ node, lines }) => `${nameOf(node, source)} (${lines})`);
}

/** The classes of a source with too many public members, as `name (members)`. */
export function broadClasses(file, text, limit = limits.publicMembers) {
  const source = parsed(file, text);
  return nodesOf(source)
    .filter(ts.isClassLike)
    .map((node) => ({ node, members: new Set(publicMembers(node, source)).size }))
    .filter(({ members }) => members > limit)
    .map(({ node, members }) => `${nameOf(node, source)} (${members})`);
}

const parsed = (file, text) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

function nodesOf(root) {
  const nodes = [];
  const visit = (node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** The callback of `describe` contains tests; each of them is a function of its own. */
function isSuite({ parent }) {
  return ts.isCallExpression(parent) && /^(?:describe|suite)\b/.test(parent.expression.getText());
}

const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** Overloads, and a getter with its setter, are one member. What overrides the base class belongs to that class. */
function publicMembers({ members }, source) {
  return members
    .filter(({ name }) => name && !ts.isPrivateIdentifier(name))
    .filter((member) => !(ts.getCombinedModifierFlags(member) & (hidden | ts.ModifierFlags.Override)))
    .map(({ name }) => name.getText(source));
}

function nameOf(node, source) {
  if (ts.isConstructorDeclaration(node)) return `${nameOf(node.parent, source)}.constructor`;
  return (node.name ?? node.parent.name)?.getText(source) ?? 'a function without a name';
}
