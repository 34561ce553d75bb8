import ts from 'typescript';

/**
 * Reads a declaration file: what it declares, imports and exports by which name, and its statements, each with a
 * way of printing what is kept of it. `kept` begins empty.
 */
export function readDeclarations(text) {
  const file = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.Latest, true);
  const module = {
    declared: new Map(),
    imported: new Map(),
    exported: new Map(),
    kept: new Set(),
    statements: [],
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(module, statement);
    else if (ts.isExportDeclaration(statement)) readExports(module, statement);
    else readDeclaration(module, statement);
  }
  return module;
}

function readImport({ imported, statements }, statement) {
  const from = statement.moduleSpecifier.text;
  const { importClause: clause } = statement;
  if (clause === undefined) return;
  const bindings = clause.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
    throw new Error(`Read ${statement.getText()}: wanted imports by name, this one takes all`);
  }
  const named = bindings?.elements ?? [];
  for (const node of named) {
    const name = (node.propertyName ?? node.name).text;
    imported.set(node.name.text, { node, from, name });
  }
  if (clause.name !== undefined) {
    imported.set(clause.name.text, { node: clause, from, name: 'default' });
  }
  const head = clause.isTypeOnly ? 'import type' : 'import';
  statements.push((kept) => {
    const names = named.filter((node) => kept.has(node)).map((node) => node.getText());
    const whole = kept.has(clause) ? [clause.name.text] : [];
    const parts = [...whole, ...(names.length > 0 ? [`{ ${names.join(', ')} }`] : [])];
    return parts.length === 0 ? null : `${head} ${parts.join(', ')} from '${from}';`;
  });
}

function readExports({ exported, statements }, statement) {
  const { exportClause: clause, moduleSpecifier } = statement;
  if (clause === undefined || !ts.isNamedExports(clause)) {
    throw new Error(`Read ${statement.getText()}: wanted exports by name, this one gives all`);
  }
  const from = moduleSpecifier?.text ?? null;
  for (const node of clause.elements) {
    const name = (node.propertyName ?? node.name).text;
    exported.set(node.name.text, { node, from, name });
  }
  const comment = statement.getFullText().slice(0, statement.getLeadingTriviaWidth()).trim();
  const head = statement.isTypeOnly ? 'export type' : 'export';
  statements.push((kept) => {
    const names = clause.elements.filter((node) => kept.has(node)).map((node) => node.getText());
    if (names.length === 0) return null;
    const tail = from === null ? '' : ` from '${from}'`;
    return [comment, `${head} { ${names.join(', ')} }${tail};`].filter(Boolean).join('\n');
  });
}

function readDeclaration({ declared, exported, statements }, node) {
  const names = new Set();
  const types = [];
  visit(node);
  const variables = node.declarationList?.declarations ?? [node];
  for (const name of variables.flatMap(({ name }) => name?.text ?? [])) {
    declared.set(name, [...(declared.get(name) ?? []), { node, names, types }]);
    if (isExported(node)) exported.set(name, { node: null, from: null, name });
  }
  if (ts.isExportAssignment(node)) {
    exported.set('default', { node, from: null, name: node.expression.text });
  }
  statements.push((kept) => (kept.has(node) ? node.getFullText().replace(/^\s*\n/, '') : null));

  function visit(each) {
    if (ts.isIdentifier(each)) names.add(each.text);
    if (ts.isImportTypeNode(each) && each.qualifier !== undefined) {
      types.push({ from: each.argument.literal.text, name: leftmost(each.qualifier) });
    }
    ts.forEachChild(each, visit);
  }
}

function isExported(node) {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function leftmost(name) {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}
