import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SRC = path.resolve('src');

/** Where a text is somebody else's, or holds what a program wrote there for programs; each with what it reads. */
const MAY_READ: Readonly<Record<string, string>> = {
  'aws/caller.ts':
    'the SDK’s word for credentials that are nowhere, which have no error of their own',
  'aws/error-subject.ts': 'AWS’s message, for what no exception name of its own tells',
  'cli/tune/end-run.ts': 'whether the command that puts a function back was told already',
  'cli/tune/settle-options.ts': 'the key of the input with which each problem begins',
  'contract/tune/peer-keys.ts': 'the key of the input with which each problem begins',
  'core/platform-log/outcome-of.ts':
    'the platform log, and what Lambda answers in place of a function',
  'emulator/services/logs/log-query.ts': 'log events, which a query searches',
  'project/document/parse-document.ts': 'the YAML reader’s word for a rule that it has no code for',
  'stages/check/find-environments.ts': 'log events, for a request id',
  'stages/tune/measure/tell-environments.ts': 'log events, for a request id',
  'words/refusals/aws-refusal.ts': 'AWS’s message, for the account of the caller',
  'words/trial-advice.ts': 'what the function itself said when it failed',
};

/** What sentences are called in the code. */
const SENTENCES = new Set([
  'message',
  'errorMessage',
  'sentence',
  'cause',
  'reason',
  'stateReason',
  'problem',
]);
const OF_A_TEXT = new Set(['includes', 'startsWith', 'endsWith', 'match', 'search', 'indexOf']);
const OF_A_PATTERN = new Set(['test', 'exec']);

/** Says whether an expression is a sentence by its name, or one with something to stand in where it is missing. */
function isSentence(node: ts.Node | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isParenthesizedExpression(node)) return isSentence(node.expression);
  if (ts.isBinaryExpression(node)) return isSentence(node.left);
  if (ts.isIdentifier(node)) return SENTENCES.has(node.text);
  return ts.isPropertyAccessExpression(node) && SENTENCES.has(node.name.text);
}

function readsSentence(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  if (OF_A_TEXT.has(name.text)) return isSentence(expression);
  return OF_A_PATTERN.has(name.text) && isSentence(node.arguments[0]);
}

/** Most files cannot hold such a call, and need not be parsed. */
const MAY_HOLD_ONE = new RegExp(
  `(?:${[...SENTENCES].join('|')})\\b[^;]{0,40}\\.(?:${[...OF_A_TEXT].join('|')})\\(|\\.(?:test|exec)\\([^;]{0,40}(?:${[...SENTENCES].join('|')})`,
  'i',
);

function readingsIn(source: string): readonly string[] {
  if (!MAY_HOLD_ONE.test(source)) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (readsSentence(node)) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

test('the search for control flow tells a text that is searched from a text that is passed on', () => {
  expect(readingsIn(`/memory ?size/i.test(error.message)`)).toHaveLength(1);
  expect(readingsIn(`(error.message ?? '').includes('gone')`)).toHaveLength(1);
  expect(readingsIn(`say(error.message); kinds.includes(error.kind)`)).toEqual([]);
});

test('control flow reads codes: no file searches the words of a message but those that say why', () => {
  const reading = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => readingsIn(readFileSync(path.join(SRC, file), 'utf8')).length > 0)
    .map((file) => file.split(path.sep).join('/'));
  expect(reading.toSorted()).toEqual(Object.keys(MAY_READ));
});
