import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  measuredSizesJsonSchema,
  parseMeasuredSizes,
} from '../../src/contract/shared/measured-sizes.ts';

test('the published JSON Schema of the file of sizes is the one of the code; if not: npm run build && npm run docs', () => {
  const published: unknown = JSON.parse(readFileSync('docs/powerdial.sizes.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(measuredSizesJsonSchema())));
});

test('a file of sizes is refused with every problem, and a $schema for editors is none', () => {
  const orders = {
    memoryMb: 1024,
    timeoutSeconds: 6,
    verdict: 'change',
    measuredAt: '2026-11-27',
    run: 'r',
    codeSha256: null,
    runtime: 'nodejs24.x',
  };
  expect(parseMeasuredSizes({ $schema: 'x', orders })).toEqual({
    kind: 'valid',
    sizes: { orders },
  });
  const odd = parseMeasuredSizes({ orders: { ...orders, memoryMb: 64, memory: 1 } });
  expect(odd.kind === 'invalid' ? odd.problems.join('\n') : '').toMatch(/memoryMb[^]*memory/);
  expect(parseMeasuredSizes([])).toMatchObject({ kind: 'invalid' });
});
