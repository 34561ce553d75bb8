import { MAX_INVOCATIONS } from '../../contract/shared/memory.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import type { PlayedRun } from '../../play/play-tune.ts';
import { mostCounted } from '../../core/plan/missing-counts.ts';
import type { DryRun } from '../../contract/tune/dry-run.ts';
import { applyPlanText } from '../../words/tune/apply-plan.ts';
import { withOrdinarySpaces } from '../../words/spaces.ts';
import { mostAllowed } from '../../core/plan/most-allowed.ts';
import { ask } from '../shared/ask.ts';
import type { PlannedTuning } from './tuning.ts';

export type Agreement =
  | { readonly kind: 'yes' | 'no' | 'interrupted' }
  /** The run could not even be planned. */
  | ({ readonly kind: 'failed' } & Extract<PlayedRun, { kind: 'failed' }>);

interface Ceiling {
  readonly mostInvocations: number;
  readonly mostUsd: number;
  /** Who calls $LATEST, and what they meet; empty where nobody does. */
  readonly callers: string;
  /** What it changes for good, from what to what; empty where that is nothing. */
  readonly applies: string;
}

/**
 * On AWS, says first what the run will do, and asks where somebody can answer.
 *
 * @param elsewhere whether the run has a role of its own: then what this caller may not read is no reason
 *   to fail, and the input alone says what the run can come to
 */
export async function agree(tuning: PlannedTuning, elsewhere = false): Promise<Agreement> {
  const { options, target, terminal, interruption } = tuning;
  if (options.dryRun === true) return { kind: 'yes' };
  const planned = await plan(tuning);
  if (planned.kind === 'interrupted') return { kind: 'interrupted' };
  if (planned.kind === 'failed' && !(elsewhere && planned.error === 'PermissionMissing')) {
    return planned;
  }
  const { mostInvocations, mostUsd, callers, applies } =
    planned.kind === 'done'
      ? fromPreview(planned.output as unknown as DryRun)
      : fromInputAlone(tuning);
  terminal.stderr.write(
    `This run will really invoke ${target.functionName}, with its side effects: at most ${mostInvocations} times, for at most ${mostUsd} USD.${processorsText(tuning)} It publishes versions and deletes them again.\n${callers}${applies}`,
  );
  if (options.yes === true || !terminal.stdin.isTTY || !terminal.stderr.isTTY) {
    return { kind: 'yes' };
  }
  return { kind: await ask('Go on?', terminal, interruption.signal) };
}

/** A dry run with the caller's own permissions. */
async function plan({ input, target, interruption }: PlannedTuning): Promise<PlayedRun> {
  const { playTune } = await import('../../play/play-tune.ts');
  return playTune({
    input: { ...(input as object), dryRun: true },
    // Whoever starts a deployed run need not be allowed to invoke the function.
    world: {
      ...target.world,
      proveInvoke: () => Promise.resolve(),
      onProgress: () => undefined,
    },
    signal: interruption.signal,
    onEvent: () => undefined,
  });
}

function fromPreview(plan: DryRun): Ceiling {
  const { mostInvocations, mostUsd, callers, round } = plan;
  const applied = applyPlanText(plan);
  return {
    mostInvocations,
    mostUsd,
    callers: callersText(callers, round.sizes),
    applies:
      applied === null ? '' : `Where it recommends a change, it ${withOrdinarySpaces(applied)}.\n`,
  };
}

/** Says who calls $LATEST: the user has to know it before a size is set there. */
function callersText(
  callers: readonly string[],
  sizes: readonly { readonly memoryMb: number }[],
): string {
  if (callers.length === 0) return '';
  const memoryMb = sizes.map((size) => size.memoryMb).toSorted((a, b) => a - b);
  return `These call $LATEST, without a version or alias: ${callers.join(', ')}. For the seconds in which versions are published they meet sizes from ${memoryMb.at(0)} to ${memoryMb.at(-1)} MB, but for those that do not hold what a first invocation uses (unless --allow-small), and new environments.\n`;
}

/** Processors are no targets: what they cost and do is not in the figures before. */
function processorsText({ input }: PlannedTuning): string {
  const parsed = parseInput(input);
  if (parsed.kind === 'invalid') return '';
  const { preProcessor, postProcessor } = parsed.input;
  const called = [
    ...(preProcessor === undefined ? [] : [`${preProcessor} before`]),
    ...(postProcessor === undefined ? [] : [`${postProcessor} after`]),
  ];
  return called.length === 0 ? '' : ` It also calls ${called.join(' and ')} each of them.`;
}

/** Whether a trial is made depends on the function's own timeout, which is not known here: one is counted. */
const TRIALS = 1;

function fromInputAlone({ input }: PlannedTuning): Ceiling {
  const parsed = parseInput(input);
  if (parsed.kind === 'invalid')
    return { mostInvocations: MAX_INVOCATIONS + TRIALS, mostUsd: 1, callers: '', applies: '' };
  const { invocations, memorySizes, maxUsd, apply } = parsed.input;
  let counted = mostAllowed(parsed.input);
  if (typeof invocations === 'number' && Array.isArray(memorySizes)) {
    counted = Math.min(counted, mostCounted({ ...parsed.input, invocations }, memorySizes.length));
  }
  return {
    mostInvocations: counted + TRIALS,
    mostUsd: maxUsd,
    callers:
      'Who calls $LATEST could not be read with your permissions: whoever does meets other sizes for the seconds in which versions are published.\n',
    applies:
      apply === false
        ? ''
        : 'Where it recommends a change, it sets that; what is set now could not be read with your permissions.\n',
  };
}
