// What an application can see of the package, and whether it is documented: all exports of the entries, and the members of the
// classes and interfaces among them.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../bootstrap.mjs';

/** The entries of the package (package.json, `exports`). */
export const publicEntries = ['src/index.ts', 'src/chat.ts', 'src/phone.ts', 'src/server/index.ts'];

/** The public members without a comment, as `Class.member`; `sources` replaces files of the repository. */
export function undocumentedMembers(entries = publicEntries, sources = {}) {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const replaced = (file) => sources[file.slice(root.length + 1)];
  host.readFile = (file) => replaced(file) ?? readFile(file);
  host.fileExists = (file) => replaced(file) !== undefined || fileExists(file);
  const program = ts.createProgram(
    entries.map((entry) => join(root, entry)),
    options,
    host,
  );
  const checker = program.getTypeChecker();
  const isDocumented = (symbol) => symbol.getDocumentationComment(checker).length > 0;
  const isOurs = ({ declarations = [] }) =>
    declarations.some((node) => node.getSourceFile().fileName.startsWith(join(root, 'src')));
  const exported = new Set(
    entries.flatMap((entry) => exportsOf(program.getSourceFile(join(root, entry)), checker)),
  );
  const missing = [...exported].flatMap((symbol) => [
    ...(isDocumented(symbol) ? [] : [symbol.name]),
    ...membersOf(symbol, checker)
      .filter((member) => isOurs(member) && isPublic(member) && !isDocumented(member))
      .map((member) => `${symbol.name}.${member.name}`),
  ]);
  return [...new Set(missing)].sort();
}

function exportsOf(source, checker) {
  const module = checker.getSymbolAtLocation(source);
  return module ? namesOf(module, checker) : [];
}

/** What a namespace such as `CometChat` has counts, too. */
function namesOf(module, checker) {
  return checker
    .getExportsOfModule(module)
    .map((symbol) => resolved(symbol, checker))
    .flatMap((symbol) => (symbol.flags & ts.SymbolFlags.ValueModule ? namesOf(symbol, checker) : [symbol]));
}

const resolved = (symbol, checker) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Members of classes (static ones too), of interfaces and of other object types. */
function membersOf(symbol, checker) {
  const types = [];
  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
    types.push(checker.getDeclaredTypeOfSymbol(symbol));
  if (symbol.flags & ts.SymbolFlags.Class)
    types.push(checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration));
  return types
    .flatMap((type) => (type.isUnion() ? type.types : [type]))
    .filter((type) => type.flags & ts.TypeFlags.Object)
    .flatMap((type) => checker.getPropertiesOfType(type));
}

const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** What overrides a base class or a library is documented there. */
function isPublic({ name, declarations = [] }) {
  return (
    name !== 'prototype' &&
    !name.startsWith('#') &&
    !name.startsWith('__') &&
    !declarations.some((node) => ts.getCombinedModifierFlags(node) & (hidden | ts.ModifierFlags.Override))
  );
}
