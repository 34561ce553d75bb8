import type { CheckConfig } from '../../contract/check/check-config.ts';
import { MOST_TRIALS } from '../../stages/check/try-side.ts';
import { ask } from '../shared/ask.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { CheckOptions } from './check-options.ts';
import type { PlannedCheck } from '../../api/check/plan-check.ts';

/**
 * On AWS, says what the check will do, and asks where somebody can answer; an exit code where that is
 * the end of it.
 */
export async function agreeToCheck(
  planned: readonly PlannedCheck[],
  config: CheckConfig,
  options: CheckOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode | null> {
  const { stderr, stdin } = terminal;
  const measured = planned.filter(({ measures }) => measures);
  const onAws = measured.filter(({ target }) => target.kind === 'aws');
  for (const { target } of options.dryRun === true ? measured : onAws) {
    const sides = target.base === null ? 1 : 2;
    // What regressed is measured once more, trial invocations and all; both stay within maxUsd together.
    const times =
      (config.maxInvocations + sides * MOST_TRIALS) * (options.confirm === true ? 2 : 1);
    stderr.write(
      `This check will really invoke ${target.name}, with its side effects: at most ${times} times${options.confirm === true ? ', measuring again to confirm included' : ''}, for at most ${config.maxUsd} USD. It changes nothing.\n`,
    );
  }
  if (options.dryRun === true) return EXIT.done;
  if (onAws.length === 0 || options.yes === true || !stdin.isTTY || !stderr.isTTY) return null;
  switch (await ask('Go on?', terminal, signal)) {
    case 'yes':
      return null;
    case 'no':
      return EXIT.usage;
    case 'interrupted':
      return EXIT.interrupted;
  }
}
