import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invocationIndex, MOST_INDEX } from '../../../src/core/payload/invocation-index.ts';
import { mostBytesVaried, variedPayload } from '../../../src/stages/target/vary-payload.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('every {{uuid}} is an id of its own, and {{index}} one number all over', () => {
  const text = JSON.stringify(['{{uuid}}', '{{uuid}}', 'order-{{index}}', '{{index}}']);
  const [first = '', second = '', order, index] = JSON.parse(variedPayload(text, 17)) as string[];
  expect(first).toMatch(UUID);
  expect(second).toMatch(UUID);
  expect(second).not.toBe(first);
  expect([order, index]).toEqual(['order-17', '17']);
});

test('whatever a payload holds, it stays JSON, and is left alone but for its placeholders', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string(),
      fc.constantFrom('{{uuid}}', '{{index}}', '{{', '}}', '{{uid}}', '$&', '$1'),
    ),
  );
  fc.assert(
    fc.property(
      fc.array(pieces.map((parts) => parts.join(''))),
      fc.nat(999_999),
      (texts, index) => {
        const sent = variedPayload(JSON.stringify(texts), index);
        const back = JSON.parse(sent) as string[];
        expect(back).toHaveLength(texts.length);
        for (const [place, text] of texts.entries()) {
          if (/\{\{(uuid|index)\}\}/.test(text)) expect(back[place]).not.toBe(text);
          else expect(back[place]).toBe(text);
        }
        expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(
          mostBytesVaried(JSON.stringify(texts), MOST_INDEX),
        );
      },
    ),
  );
});

test('no two invocations of a run have the same index', () => {
  const all = [0, 1, 2, 6].flatMap((round) =>
    Array.from({ length: 8000 }, (_, index) => invocationIndex(round, index)),
  );
  expect(new Set(all).size).toBe(all.length);
  expect(Math.max(...all)).toBeLessThanOrEqual(MOST_INDEX);
});
