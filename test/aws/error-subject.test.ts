import { expect, test } from 'vitest';
import { errorSubject } from '../../src/aws/error-subject.ts';

// The words of AWS: Lambda's answers as the emulator repeats them, and "Troubleshooting SnapStart errors",
// Lambda Developer Guide, 2026-11.
test.each([
  [
    'code-sha256',
    'CodeSHA256 (abc) is different from current CodeSHA256 in $LATEST (def). Please try again with the CodeSHA256 in $LATEST.',
  ],
  [
    'memory-size',
    "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008",
  ],
  [
    'snapshot-limit',
    'Lambda was unable to create new snapshot because you have reached your concurrent snapshot creation limit.',
  ],
  [null, 'Rate Exceeded.'],
  [
    null,
    'The operation cannot be performed at this time. An update is in progress for resource: arn',
  ],
])('the subject of an error of AWS is %s where AWS says: %s', (about, message) => {
  expect(errorSubject(undefined, message)).toBe(about);
});

test('the reason that Lambda gives with a throttling tells its subject without any words', () => {
  expect(errorSubject('ConcurrentSnapshotCreateLimitExceeded', undefined)).toBe('snapshot-limit');
  expect(errorSubject('ReservedFunctionConcurrentInvocationLimitExceeded', 'Rate Exceeded.')).toBe(
    null,
  );
});
