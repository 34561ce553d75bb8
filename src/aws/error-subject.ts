import type { AwsErrorSubject } from '../contract/shared/aws-error.ts';

/**
 * How AWS words what no exception name of its own tells: Lambda refuses a wrong CodeSha256 and a wrong memory
 * size with the same InvalidParameterValueException, and a snapshot too many with a 429
 * (`ConcurrentSnapshotCreateLimitExceeded` in Lambda's API model) or a 500 ("Troubleshooting SnapStart errors",
 * Lambda Developer Guide, 2026-11).
 */
const WORDS: readonly (readonly [about: AwsErrorSubject, words: RegExp])[] = [
  ['snapshot-limit', /concurrent snapshot creation limit/i],
  ['code-sha256', /CodeSha256/i],
  ['memory-size', /memory ?size/i],
];

/** Tells what an error is about, by the reason that AWS gives with it or by its words; `null`: none of these. */
export function errorSubject(
  reason: string | undefined,
  message: string | undefined,
): AwsErrorSubject | null {
  if (reason === 'ConcurrentSnapshotCreateLimitExceeded') return 'snapshot-limit';
  return WORDS.find(([, words]) => words.test(message ?? ''))?.[0] ?? null;
}
