import { expect, test } from 'vitest';
import { writeJournal } from '../../../src/core/journal/journal.ts';
import {
  readVersionMark,
  versionsOfRun,
  writeVersionMark,
} from '../../../src/core/journal/version-mark.ts';

const mark = { run: 'run-1', serial: 3, memoryMb: 1769, above: 41, until: '2026-11-21T17:40Z' };

test('a mark says whose version it is', () => {
  expect(writeVersionMark(mark)).toBe('powerdial run-1 #3 1769MB above 41 until 2026-11-21T17:40Z');
  expect(readVersionMark(writeVersionMark(mark))).toEqual(mark);
});

test("only the run's own versions are found", () => {
  const own = { version: '42', description: writeVersionMark(mark) };
  const journal = writeJournal({
    purpose: 'set',
    run: 'run-1',
    serial: 3,
    set: { memoryMb: 1769, timeoutSeconds: 60, systemLogLevel: null },
    was: { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: null },
    until: mark.until,
    description: '',
  });
  const others = [
    { version: '1', description: '' },
    // Somebody published while the journal stood on $LATEST.
    { version: '43', description: journal },
    // Copied by hand onto a version that existed before the run.
    { version: '41', description: writeVersionMark(mark) },
    { version: '44', description: writeVersionMark({ ...mark, run: 'run-10' }) },
    { version: '45', description: `${writeVersionMark(mark)} and more` },
  ];
  expect(versionsOfRun('run-1', [...others, own])).toEqual([own]);
});
