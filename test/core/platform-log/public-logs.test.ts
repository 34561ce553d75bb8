import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { readChunks, searchBytes } from './platform-logs.ts';

interface PublicLog {
  readonly file: string;
  readonly situation: string;
  readonly source: string;
  /** Every field that the text itself states; `cold` may be `"any"` where it does not tell. */
  readonly observations: readonly Readonly<Record<string, unknown>>[];
}

const folder = new URL('../../data/public-logs/', import.meta.url);
const LOGS = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
) as readonly PublicLog[];

describe('a layout of logs that people have published', () => {
  it.each(LOGS.map((log) => [log.file, log.situation, log] as const))(
    'is read in every field from %s (%s)',
    (_, __, { file, observations }) => {
      const text = readFileSync(new URL(file, folder), 'latin1');
      const bytes = Buffer.from(text, 'latin1');
      for (const pieceLength of [text.length, 7]) {
        const found = readChunks(cut(text, pieceLength)).map(logObservation);
        expect(searchBytes(bytes, [pieceLength]).records.map(logObservation)).toEqual(found);
        expect(found).toHaveLength(observations.length);
        observations.forEach((expected, index) => {
          const { cold, ...stated } = expected;
          expect(found[index]).toMatchObject(stated);
          if (cold !== 'any') expect(found[index]?.cold).toBe(cold);
        });
      }
    },
  );

  it('stands in the table of expected values, every file of the folder', () => {
    const files = readdirSync(folder).filter((name) => name !== 'expected.json');
    expect(files.toSorted()).toEqual(LOGS.map(({ file }) => file).toSorted());
  });
});

function cut(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}
