import path from 'node:path';
import { ALARM_CODES } from '../../contract/tune/advice.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { ResultRun } from '../../contract/tune/result-run.ts';
import type { OpenedTarget } from './opened-target.ts';
import { fromResultObservations, toTable } from '../../stages/tune/observation-codec.ts';
import { ciCommit } from '../shared/ci-commit.ts';
import { payloadSource } from './read-payload.ts';

/**
 * Returns a result as files and `--json` show it: observations as a table that anybody can read, a word
 * on how real the numbers are, and what only the command knows of the run.
 */
export function finishResult(
  output: Result,
  { emulation, peaks }: Pick<OpenedTarget, 'emulation' | 'peaks'>,
  command: {
    readonly options: { readonly payload?: readonly string[] };
    readonly env: NodeJS.ProcessEnv;
  },
): Result {
  return {
    ...output,
    observations: toTable(fromResultObservations(output.observations)),
    ...(output.run === undefined
      ? {}
      : { run: { ...output.run, ...knownHere(emulation, command) } }),
    ...(emulation === null
      ? {}
      : {
          emulated: true,
          ...withoutAlarms(output),
          emulation: {
            ...emulation,
            ...(peaks === undefined ? {} : { peaks: peaks().map((each) => ({ ...each })) }),
          },
        }),
  };
}

function knownHere(
  emulation: OpenedTarget['emulation'],
  { options, env }: Parameters<typeof finishResult>[2],
): Partial<ResultRun> {
  const payloads = (options.payload ?? []).map(payloadSource);
  const names = payloads.map((file) => (file === null ? null : path.basename(file)));
  if (emulation === null) return { payloads: names };
  const machine = emulation.machine ?? null;
  // Which commit a recorded function was of is in no environment, nor is what AWS runs.
  return {
    payloads: names,
    region: null,
    machine,
    commit: machine === null ? null : ciCommit(env),
  };
}

/** Durations of this machine are no thresholds for a function on AWS. */
function withoutAlarms({ advice }: Result): Pick<Result, 'advice'> {
  return advice === undefined
    ? {}
    : { advice: advice.filter(({ code }) => !ALARM_CODES.includes(code)) };
}
