import type { Result } from '../../contract/tune/result.ts';
import type { OpenedTarget } from './opened-target.ts';
import { fromResultObservations, toTable } from '../../stages/tune/observation-codec.ts';

/**
 * Returns a result as files and `--json` show it: observations as a table that anybody can read, and a word
 * on how real the numbers are.
 */
export function finishResult(
  output: Result,
  { emulation, peaks }: Pick<OpenedTarget, 'emulation' | 'peaks'>,
): Result {
  return {
    ...output,
    observations: toTable(fromResultObservations(output.observations)),
    ...(emulation === null
      ? {}
      : {
          emulated: true,
          emulation: {
            ...emulation,
            ...(peaks === undefined ? {} : { peaks: peaks().map((each) => ({ ...each })) }),
          },
        }),
  };
}
