import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJournal, writeJournal, type Journal } from '../../../src/core/journal/journal.ts';

const journal: Journal = {
  purpose: 'set',
  run: 'run-1',
  serial: 2,
  set: { memoryMb: 1024, timeoutSeconds: 60, systemLogLevel: 'INFO' },
  was: { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: 'WARN' },
  until: '2026-11-21T17:40Z',
  description: 'takes orders',
};

test('a journal reads as a sentence in front of the description', () => {
  expect(writeJournal(journal)).toBe(
    '[powerdial run-1 #2 set 1024MB/60s/INFO was 512MB/30s/WARN until 2026-11-21T17:40Z] takes orders',
  );
});

test('the journal of a change that is to stay says so', () => {
  const own = { ...journal, purpose: 'apply' as const, description: '' };
  expect(writeJournal(own)).toBe(
    '[powerdial run-1 #2 apply 1024MB/60s/INFO was 512MB/30s/WARN until 2026-11-21T17:40Z]',
  );
});

test.each([
  ['nothing in it', ''],
  ['words about powerdial', 'tuned by powerdial run-1 #2'],
  ['brackets and spaces', '  [x] powerdial  '],
  ['the note of another tool', '[powertune run-1]'],
])('a description with %s is read as no journal', (_, description) => {
  expect(readJournal(description)).toBeNull();
});

const settings = fc.record({
  memoryMb: fc.integer({ min: 128, max: 10_240 }),
  timeoutSeconds: fc.integer({ min: 1, max: 900 }),
  systemLogLevel: fc.constantFrom('DEBUG' as const, 'INFO' as const, 'WARN' as const, null),
});

// Execution names of Step Functions: up to 80 characters, no white space, brackets or wildcards.
const runName = fc.stringMatching(/^[A-Za-z0-9_.+=@-]{1,80}$/);

test('a journal that is written is read back, whatever the description', () => {
  fc.assert(
    fc.property(
      fc.record({
        purpose: fc.constantFrom('set' as const, 'apply' as const),
        run: runName,
        serial: fc.integer({ min: 1, max: 9999 }),
        set: settings,
        was: settings,
        until: fc.constant('2026-11-21T17:40Z'),
        description: fc.string({ unit: 'binary', maxLength: 100 }),
      }),
      (each) => {
        expect(readJournal(writeJournal(each))).toEqual(each);
      },
    ),
  );
});
