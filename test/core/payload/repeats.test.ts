import { expect, test } from 'vitest';
import { fasterRepeats } from '../../../src/core/payload/repeats.ts';
import { cold, failed, warm } from '../observed.ts';

const TRIAL = cold(1024, 126, 200);

test('126 ms of work that is skipped the second time is noticed', () => {
  const later = [cold(1024, 6, 200), warm(1024, 5), warm(1024, 4)];
  expect(fasterRepeats(TRIAL, later)).toEqual({
    memoryMb: 1024,
    laterMemoryMb: 1024,
    trialMs: 126,
    longestLaterMs: 6,
    later: 3,
  });
});

test('one later invocation that takes as long explains the trial: clients are set up on new environments', () => {
  expect(fasterRepeats(TRIAL, [cold(1024, 120, 190), warm(1024, 5), warm(1024, 5)])).toBeNull();
});

test('a trial less than three times as long, or by less than what compiling takes, is noise', () => {
  expect(fasterRepeats(TRIAL, [warm(1024, 42.1)])).toBeNull();
  expect(fasterRepeats(cold(1024, 9, 100), [warm(1024, 0.5), cold(1024, 0.6, 90)])).toBeNull();
});

test('the next smaller size tells of faster repeats where the size of the trial was not measured: it is no faster', () => {
  const later = [warm(512, 8), warm(256, 400), warm(2048, 1)];
  expect(fasterRepeats(TRIAL, later)?.laterMemoryMb).toBe(512);
  expect(fasterRepeats(TRIAL, [warm(2048, 1)])).toBeNull();
});

test('other payloads and failures say nothing, and neither does a trial that failed or was not made', () => {
  const other = { ...warm(1024, 5), payload: 1 };
  expect(fasterRepeats(TRIAL, [other, failed(1024, 'error', 3)])).toBeNull();
  expect(fasterRepeats(failed(1024, 'timeout', 60_000), [warm(1024, 5)])).toBeNull();
  expect(fasterRepeats(null, [warm(1024, 5)])).toBeNull();
});
