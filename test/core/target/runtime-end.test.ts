import { expect, it } from 'vitest';
import { runtimeDates } from '../../../src/core/target/runtime-dates.ts';
import { runtimeEnd } from '../../../src/core/target/runtime-end.ts';

const DAY_MS = 24 * 3600 * 1000;

function kindOn(runtime: string | null, day: string): string {
  const startMs = Date.parse(day);
  return runtimeEnd(runtime, startMs, startMs + DAY_MS).kind;
}

it.each([
  // Deprecated 2026-04-30, updates blocked from 2027-03-03.
  ['nodejs20.x', '2026-01-01', 'none'],
  ['nodejs20.x', '2026-11-28', 'near'],
  ['nodejs20.x', '2027-03-01', 'near'],
  // A run of a day that starts on the 2nd may be over when they are blocked.
  ['nodejs20.x', '2027-03-02', 'blocked'],
  ['nodejs20.x', '2028-01-01', 'blocked'],
  ['go1.x', '2027-03-04', 'blocked'],
  ['dotnetcore3.1', '2026-11-28', 'blocked'],
  // Blocked from 2027-07-01: 180 days before that is 2027-01-02.
  ['nodejs22.x', '2027-01-01', 'none'],
  ['nodejs22.x', '2027-01-02', 'near'],
  ['nodejs24.x', '2026-11-28', 'none'],
  // Newer than the table, the user's own, and a container image.
  ['nodejs26.x', '2030-01-01', 'none'],
  ['my-runtime', '2030-01-01', 'none'],
  [null, '2030-01-01', 'none'],
])('the end of the runtime %s is judged on %s as %s', (runtime, day, kind) => {
  expect(kindOn(runtime, day)).toBe(kind);
});

it('knows every step of a runtime, in the order in which AWS takes them', () => {
  const runtimes = 'nodejs18.x python3.7 python3.10 provided.al2 provided java8 dotnet8 ruby3.2';
  for (const runtime of runtimes.split(' ')) {
    const dates = runtimeDates(runtime);
    expect(dates?.updateBlocked).toBe('2027-03-03');
    expect(String(dates?.deprecated) < String(dates?.createBlocked)).toBe(true);
    expect(String(dates?.createBlocked) < String(dates?.updateBlocked)).toBe(true);
  }
});
