import { expect, test } from 'vitest';
import { hideValues } from '../../../src/emulator/environment/hide-values.ts';

const hide = (variables: Record<string, string>, text: string) =>
  hideValues(variables)(Buffer.from(text)).toString();

test("a variable's value is hidden as it is, as JSON writes it, and inside of another one", () => {
  const variables = {
    DB_URL: 'pg://me:pass"word@db',
    DB_PASSWORD: 'pass"word',
    KEY: 'a\nline\nmore',
  };
  const text = `to pg://me:pass"word@db with pass"word ${JSON.stringify(variables)} a\nline\nmore`;
  const hidden = hide(variables, text);
  expect(hidden).toBe(
    'to [DB_URL] with [DB_PASSWORD] {"DB_URL":"[DB_URL]","DB_PASSWORD":"[DB_PASSWORD]","KEY":"[KEY]"} [KEY]',
  );
});

test('a value of several lines is hidden line by line, too, as a stack has it', () => {
  const variables = { KEY: '-----BEGIN-----\nabc"def\n-----END-----' };
  const trace = ['Error: -----BEGIN-----', 'abc"def', '-----END-----'];
  expect(hide(variables, JSON.stringify({ trace }))).toBe(
    '{"trace":["Error: [KEY]","[KEY]","[KEY]"]}',
  );
});

test('a value of three characters and less is ordinary text, and stays', () => {
  expect(hide({ DEBUG: '1', TABLE: 'orders' }, '1 of 1 orders')).toBe('1 of 1 [TABLE]');
});

test('bytes that hold no value are the same bytes, whatever they are', () => {
  const bytes = Buffer.from([0xff, 0x00, 0xfe]);
  expect(hideValues({ TABLE: 'orders' })(bytes)).toBe(bytes);
});
