import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { WARNINGS } from '../../src/contract/shared/warnings/warning.ts';

const SRC = path.resolve('src');

function filesOf(room: string): readonly string[] {
  return readdirSync(path.join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(room, file.split(path.sep).join('/')));
}

/** Every text of a file's code, with what its templates are filled with left out; no comment is one. */
function textsOf(file: string): readonly string[] {
  const source = readFileSync(path.join(SRC, file), 'utf8');
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node) && /^throw new (Range|Type)?Error\(/.test(node.getText())) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push(
        [node.head, ...node.templateSpans.map(({ literal }) => literal)]
          .map(({ text }) => text)
          .join('…'),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return texts;
}

/** Four words or more, and a small one among them that only sentences have. */
const SENTENCE = /(?:\S+ ){3,}\S+/;
const SMALL_WORD = /\b(?:a|an|the|is|are|was|were|of|to|than|that|it|its|no|and|with|has|have)\b/;

function isSentence(text: string): boolean {
  return SENTENCE.test(text) && SMALL_WORD.test(text);
}

test('the search for sentences tells a sentence from a code and from what a journal holds', () => {
  expect(isSentence('The function ran out of memory.')).toBe(true);
  expect(isSentence('few-observations')).toBe(false);
  expect(isSentence('[powerdial … #… … … was … until …]')).toBe(true);
  expect(isSentence('Initialization: … REPORT RequestId')).toBe(false);
});

/** What Powerdial writes into descriptions and reads out of logs is no text for people alone. */
const NO_SENTENCES = [/^core\/journal\//, /^core\/platform-log\//];

test.each(['core', 'stages'])('%s makes no sentence: it raises codes and facts', (room) => {
  const found = filesOf(room)
    .filter((file) => !NO_SENTENCES.some((known) => known.test(file)))
    .flatMap((file) =>
      textsOf(file)
        .filter(isSentence)
        .map((text) => `${file}: ${text}`),
    );
  expect(found).toEqual([]);
});

test('a warning is put into words in one place: nobody writes a message beside its code', () => {
  const codes = Object.keys(WARNINGS).join('|');
  const beside = new RegExp(`code: '(?:${codes})',\\s*message`);
  const found = filesOf('.').filter((file) =>
    beside.test(readFileSync(path.join(SRC, file), 'utf8')),
  );
  expect(found).toEqual([]);
});
