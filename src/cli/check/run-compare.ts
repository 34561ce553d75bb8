import type { TwoResults } from '../../report/charts/compare-curves.ts';
import { type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { CompareOptions } from './check-options.ts';
import { compareObserved } from '../../api/check/compare-observed.ts';
import { endCheck, outProblems } from './end-check.ts';
import { readObservedFile, type ObservedFile } from '../../api/check/observed-file.ts';
import { readConfig } from './read-config.ts';

/** `powerdial compare`: the judgement of a check on two files, without measuring. */
export async function runCompare(
  basePath: string,
  headPath: string,
  options: CompareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const problems = outProblems(options);
  if (problems.length > 0) throw new UsageError(problems);
  const { memory: _, ...rest } = options;
  const config = await readConfig(rest);
  const [base, head] = [await readObservedFile(basePath), await readObservedFile(headPath)];
  const result = compareObserved(base, head, options, config);
  const unwritable = await prepareOutputs({ '--out': options.out ?? [] });
  if (unwritable.length > 0) throw new UsageError(unwritable);
  return endCheck(result, options, terminal, { results: twoResults(base, head) });
}

/** Two results of one tool have curves to be drawn on one chart. */
function twoResults(base: ObservedFile, head: ObservedFile): TwoResults | null {
  if (base.kind !== 'tune' || head.kind !== 'tune') return null;
  return base.result === null || head.result === null
    ? null
    : { before: base.result, after: head.result };
}
