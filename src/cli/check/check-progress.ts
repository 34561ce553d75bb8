import type { OnCheckProgress } from '../../contract/check/check-deps.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { CheckOptions } from './check-options.ts';

/** And at least this often. */
const LONGEST_SILENCE_MS = 10_000;

/** One line at the end of each look and now and then in between, on standard error. */
export function checkProgress(
  name: string,
  { quiet }: CheckOptions,
  { stderr }: Terminal,
): OnCheckProgress {
  if (quiet === true) return () => undefined;
  let toldMs = performance.now();
  return ({ look, done, planned }) => {
    if (done < planned && performance.now() - toldMs < LONGEST_SILENCE_MS) return;
    toldMs = performance.now();
    stderr.write(`${name}: look ${look}, ${done} of ${planned} invocations\n`);
  };
}
