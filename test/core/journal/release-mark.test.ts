import { expect, test } from 'vitest';
import { writeJournal } from '../../../src/core/journal/journal.ts';
import {
  readReleaseMark,
  releasesOf,
  writeReleaseMark,
} from '../../../src/core/journal/release-mark.ts';
import { readVersionMark, writeVersionMark } from '../../../src/core/journal/version-mark.ts';

const mark = { run: 'run-1', serial: 7, memoryMb: 1769, timeoutSeconds: 30, above: 41 };

test.each([
  ['takes orders', 'takes orders [powerdial run-1 #7 applied 1769MB/30s above 41]'],
  ['', '[powerdial run-1 #7 applied 1769MB/30s above 41]'],
])('a mark stands behind the user’s own words: %j', (description, written) => {
  expect(writeReleaseMark(mark, description)).toBe(written);
  expect(readReleaseMark(written)).toEqual(mark);
});

test('the mark of a version to be measured is another one, both ways', () => {
  const measured = { run: 'run-1', serial: 7, memoryMb: 1769, above: 41 };
  const other = writeVersionMark({ ...measured, until: '2026-11-21T17:40Z' });
  expect(readReleaseMark(other)).toBeNull();
  expect(readVersionMark(writeReleaseMark(mark, ''))).toBeNull();
});

test('the release of an update is found, and no other version', () => {
  const release = { version: '42', description: writeReleaseMark(mark, 'takes orders') };
  const settings = { memoryMb: 1769, timeoutSeconds: 30, systemLogLevel: null };
  const journal = writeJournal({
    purpose: 'apply',
    run: 'run-1',
    serial: 7,
    set: settings,
    was: { ...settings, memoryMb: 512 },
    until: '2026-11-21T17:40Z',
    description: 'takes orders',
  });
  const others = [
    { version: '40', description: 'takes orders' },
    // Existed before the run: the number is theirs.
    { version: '41', description: writeReleaseMark(mark, 'takes orders') },
    // Somebody published while the journal stood on $LATEST.
    { version: '43', description: journal },
    // An earlier update, and another run's: released and the user's by now.
    { version: '44', description: writeReleaseMark({ ...mark, serial: 3 }, '') },
    { version: '45', description: writeReleaseMark({ ...mark, run: 'run-10' }, '') },
    { version: '46', description: `${writeReleaseMark(mark, '')} and more` },
  ];
  expect(releasesOf({ run: 'run-1', serial: 7 }, [...others, release])).toEqual([release]);
});
