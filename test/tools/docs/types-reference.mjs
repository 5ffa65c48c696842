// demo/docs/types.md: the exported types of each entry and the table of errors, as the TypeScript compiler reads the sources.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { format } from 'prettier';
import ts from 'typescript';
import { root } from '../bootstrap.mjs';

const entries = {
  'cometchat-call': 'src/index.ts',
  'cometchat-call/phone': 'src/phone.ts',
  'cometchat-call/server': 'src/server/index.ts',
};

const { options } = ts.parseJsonConfigFileContent(
  JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')),
  ts.sys,
  root,
);
const program = ts.createProgram(
  Object.values(entries).map((file) => join(root, file)),
  { ...options, types: ['node'] },
);
const checker = program.getTypeChecker();

const oneLine = (text) =>
  text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .trim();
const cell = (text = '') =>
  oneLine(text)
    .replaceAll('|', '\\|')
    .replace(/(`[^`]*`)|</g, (_, code) => code ?? '&lt;');
const code = (text) => `\`${oneLine(text).replace(/^\| /, '').replaceAll('|', '\\|')}\``;
const commentOf = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));
const isOurs = (node) => {
  const path = relative(root, node.getSourceFile().fileName);
  return path.startsWith('src');
};
const resolved = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const flags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

const textOf = (type, node) => checker.typeToString(checker.getNonNullableType(type), node, flags);

/** A type as it is declared, or as the compiler infers it where a mapped type has made another one of it. */
function typeText(symbol) {
  const [declaration] = symbol.declarations ?? [];
  const type = checker.getTypeOfSymbol(symbol);
  const node = declaration?.type;
  const isDeclared =
    node && isOurs(node) && textOf(checker.getTypeFromTypeNode(node), node) === textOf(type, node);
  return isDeclared ? node.getText() : checker.typeToString(type, declaration, flags);
}

const signatureOf = (node) => {
  const parameters = node.parameters.map((each) => {
    const isOptional = each.questionToken || each.initializer;
    const type = each.type ? `: ${each.type.getText()}` : '';
    return `${each.dotDotDotToken ? '...' : ''}${each.name.getText()}${isOptional ? '?' : ''}${type}`;
  });
  return `(${parameters.join(', ')})${node.type ? `: ${node.type.getText()}` : ''}`;
};

const isHidden = (node) =>
  Boolean(ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) ||
  node.name?.kind === ts.SyntaxKind.PrivateIdentifier;

/** A member as a row: how it is written, and its comment. */
function memberRow(symbol) {
  const [declaration] = symbol.declarations ?? [];
  if (declaration && (isHidden(declaration) || symbol.name.startsWith('__'))) return [];
  const isOptional = symbol.flags & ts.SymbolFlags.Optional ? '?' : '';
  const isMethod = declaration && (ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration));
  const written = isMethod
    ? `${symbol.name}${signatureOf(declaration)}`
    : `${symbol.name}${isOptional}: ${typeText(symbol)}`;
  return [`| ${code(written)} | ${cell(commentOf(symbol))} |`];
}

const table = (rows) =>
  rows.length > 0 ? `| member | meaning |\n| --- | --- |\n${rows.join('\n')}\n\n` : '';

/** `reference.md` has the elements. */
const isElement = (declaration) =>
  ts.isClassDeclaration(declaration) &&
  /^CometChat\w*(Call|CallButton|CallHistory)$/.test(declaration.name?.text);

/** The exported types of ours whose members an intersection has, too. */
const basesOf = ({ type }) =>
  type && ts.isIntersectionTypeNode(type)
    ? type.types
        .filter(ts.isTypeReferenceNode)
        .filter(({ typeName }) => isPublic(resolved(checker.getSymbolAtLocation(typeName))))
    : [];

/** The members of an interface, or of a type that is an object. */
function shapeOf(symbol, declaration) {
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  if (declaration.typeParameters || type.isUnion() || type.getCallSignatures().length > 0) return '';
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return '';
  const bases = basesOf(declaration);
  const inherited = bases.flatMap((base) => checker.getPropertiesOfType(checker.getTypeFromTypeNode(base)));
  const names = new Set(inherited.map(({ name }) => name));
  const own = checker
    .getPropertiesOfType(type)
    .filter(({ name, declarations = [] }) => !names.has(name) && declarations.some(isOurs));
  if (own.every((each) => commentOf(each) === '') && own.length > 10) return '';
  const before = bases.map((base) => `All of ${code(base.getText())}, and:\n\n`).join('');
  return own.length > 0 ? `${before}${table(own.flatMap(memberRow))}` : '';
}

/** What the page says of an exported name; nothing for tables of values. */
function section(symbol, name) {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration || !isOurs(declaration) || isElement(declaration)) return '';
  const head = `### ${name}\n\n${cell(commentOf(symbol))}\n\n`;
  if (ts.isFunctionDeclaration(declaration))
    return `${head}${code(`${name}${signatureOf(declaration)}`)}\n\n`;
  if (ts.isClassDeclaration(declaration)) {
    const statics = [...(symbol.exports?.values() ?? [])].filter((each) => each.name !== 'prototype');
    return `${head}${table([...statics, ...(symbol.members?.values() ?? [])].flatMap(memberRow))}`;
  }
  const isAlias = ts.isTypeAliasDeclaration(declaration);
  if (!ts.isInterfaceDeclaration(declaration) && !isAlias) return '';
  const shape = shapeOf(symbol, declaration);
  if (shape || !isAlias) return `${head}${shape}`;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  // `keyof` and its like: the names themselves.
  const names = type.isUnion() && !ts.isUnionTypeNode(declaration.type) ? type.types : [];
  const isList = names.length > 0 && names.every((each) => each.isStringLiteral());
  const list = names.map((each) => `'${each.value}'`).sort();
  return `${head}${code(isList ? list.join(' | ') : declaration.type.getText())}\n\n`;
}

/** Whether it is ours, and exported by its module. */
const isPublic = ({ flags: kind, declarations = [] }) =>
  !(kind & ts.SymbolFlags.TypeParameter) &&
  declarations.some((each) => isOurs(each) && ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Export);

/** Types of ours that a declaration names. */
function namedIn(declaration) {
  const found = [];
  const visit = (node) => {
    if (ts.isTypeReferenceNode(node)) {
      const symbol = checker.getSymbolAtLocation(node.typeName);
      if (symbol) found.push(resolved(symbol));
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found.filter(isPublic);
}

const exportsOf = (file) =>
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(join(root, file))))
    .filter(({ name }) => name !== 'default')
    .map((symbol) => [symbol.name, resolved(symbol)]);

/** The exports of each entry, and then the types that these name. */
function typeSections() {
  const seen = new Set();
  const sections = Object.entries(entries).map(([entry, file]) => {
    const all = exportsOf(file).filter(([, symbol]) => !seen.has(symbol) && seen.add(symbol));
    all.sort(([one], [other]) => (one < other ? -1 : 1));
    return [entry, all];
  });
  const names = new Set(sections.flatMap(([, all]) => all.map(([name]) => name)));
  const others = [];
  const waiting = [...seen];
  for (let symbol = waiting.shift(); symbol; symbol = waiting.shift())
    for (const declaration of symbol.declarations ?? []) {
      // The classes of elements name what only the sources need.
      if (!isOurs(declaration) || ts.isClassDeclaration(declaration) || ts.isVariableDeclaration(declaration))
        continue;
      for (const named of namedIn(declaration))
        if (!seen.has(named)) {
          seen.add(named);
          others.push([names.has(named.name) ? `${named.name}, named by others` : named.name, named]);
          waiting.push(named);
        }
    }
  others.sort(([one], [other]) => (one < other ? -1 : 1));
  return [...sections, ['Types that the others name', others]]
    .map(([title, all]) => `## ${title}\n\n${all.map(([name, symbol]) => section(symbol, name)).join('')}`)
    .join('');
}

async function failureTable() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/domain/call-error.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const { callFailures } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  const rows = Object.entries(callFailures).map(
    ([name, { retryable, closeCode }]) =>
      `| ${code(name)} | ${retryable ? 'yes' : 'no'} | ${closeCode ?? ''} |`,
  );
  return `## Error codes\n\nWhat to do about each is in [errors](errors.md). The close code is that of the WebSocket, for failures that end it.\n\n| code | another try may succeed | close code |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

/** The page as it has to be. */
export const freshTypes = async () =>
  format(
    `# Types\n\nEvery exported type, function and class but the elements, which the [reference](reference.md) has. This page is made from the sources.\n\n${typeSections()}${await failureTable()}`,
    { parser: 'markdown', printWidth: 132, proseWrap: 'never' },
  );
