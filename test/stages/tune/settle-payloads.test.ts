import { expect, test } from 'vitest';
import { payloadsOf } from '../../../src/stages/tune/inspect/settle-payloads.ts';

const PEER = { peer: { trim: 0.2, stats: false } };

function read(text: string, whose: object) {
  return payloadsOf(
    { payloadS3: 's3://b/k', ...whose },
    { readObject: () => Promise.resolve(text) },
  );
}

const one = (text: string) => [{ text, weight: 1 }];

test.each<[string, object, string, unknown]>([
  ['any JSON is one payload', {}, '{"a":1}', one('{"a":1}')],
  ['a list is one payload', {}, '[1,2]', one('[1,2]')],
  ['so is an empty one', {}, '[]', one('[]')],
  [
    'a list of payloads with weights is several',
    {},
    '[{"payload":{"a":1},"weight":3},{"payload":2,"weight":1}]',
    [
      { text: '{"a":1}', weight: 3 },
      { text: '2', weight: 1 },
    ],
  ],
  [
    'with anything else in an item it is one payload',
    {},
    '[{"payload":1,"weight":3,"id":7}]',
    one('[{"payload":1,"weight":3,"id":7}]'),
  ],
  [
    'a list with weights is several payloads to the peer',
    PEER,
    '[{"payload":1,"weight":3,"id":7}]',
    [{ text: '1', weight: 3 }],
  ],
  [
    'the peer reads each JSON text of a list',
    PEER,
    '[{"payload":"{\\"id\\":1}","weight":"3"}]',
    [{ text: '{"id":1}', weight: 3 }],
  ],
  [
    'weights as texts are weights, and the list no event',
    {},
    '[{"payload":{"a":1},"weight":"3"},{"payload":2,"weight":"1"}]',
    [
      { text: '{"a":1}', weight: 3 },
      { text: '2', weight: 1 },
    ],
  ],
  [
    'numbers with more digits than a double holds go out as they stand there',
    {},
    '{"id": 12345678901234567890}',
    one('{"id": 12345678901234567890}'),
  ],
  [
    'with the peer as well',
    PEER,
    '{"id": 12345678901234567890}',
    one('{"id": 12345678901234567890}'),
  ],
  ['the peer sends the JSON in a JSON text', PEER, '"{\\"id\\":1}"', one('{"id":1}')],
  ['the peer sends what is no JSON as a text', PEER, 'order 1', one('"order 1"')],
  ['the peer sends an empty object as null', PEER, '', one('null')],
])('an object of S3 is settled into payloads: %s', async (_what, whose, text, expected) => {
  expect(await read(text, whose)).toEqual(expected);
});

test.each<[string, object, string, RegExp]>([
  ['what is no JSON', {}, 'order 1', /wanted JSON in s3:\/\/b\/k/],
  [
    'a weight of 0',
    {},
    '[{"payload":1,"weight":0},{"payload":2,"weight":1}]',
    /s3:\/\/b\/k holds a list[^]*\[0\]\.weight: wanted more than 0, it is 0/,
  ],
  [
    'a weight of 0 to the peer',
    PEER,
    '[{"payload":1,"weight":-1}]',
    /\[0\]\.weight: wanted more than 0, it is -1/,
  ],
])('an object of S3 with %s is refused', async (_what, whose, text, problem) => {
  await expect(read(text, whose)).rejects.toThrow(problem);
});

test.each<[string, object, unknown]>([
  [
    'JSON is sent as it is given',
    { payload: '{"id": 12345678901234567890}' },
    ['{"id": 12345678901234567890}'],
  ],
  ['any other is sent as a JSON string', { payload: 'hello' }, ['"hello"']],
  [
    'each of a list is read as a single one is',
    {
      payloads: [
        { payload: '{"id":1}', weight: 1 },
        { payload: { id: 2 }, weight: 1 },
        { payload: 'hello', weight: 1 },
      ],
    },
    ['{"id":1}', '{"id":2}', '"hello"'],
  ],
])('a payload that the peer’s input has as a text: %s', async (_what, input, texts) => {
  const read = await payloadsOf({ ...input, ...PEER }, { readObject: () => Promise.resolve('') });
  expect(read.map(({ text }) => text)).toEqual(texts);
});
