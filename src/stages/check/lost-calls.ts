import type { CheckStageInput } from '../../contract/check/check-stages.ts';
import type { SideName } from '../../core/compare/side-schedule.ts';
import { sideOf } from './side-of.ts';
import { mostUsdOfSide } from './side-terms.ts';

type State = CheckStageInput<'Measure'>;
type Progress = State['progress'];

/** The most invocations of a side that one call of Measure makes: no more are lost when it dies. */
const MOST_A_CALL = 100;

/** Tells how far a call of Measure goes at most that begins where the progress stands. */
export function reachOfCall(
  { look }: Pick<State, 'look'>,
  { sent }: Pick<Progress, 'sent'>,
): number {
  return Math.min(look.invocationsPerSide, sent + MOST_A_CALL);
}

/**
 * Returns the progress once every call that never reported back is accounted for: nobody knows what it had
 * invoked, so all that it may have counts as made, at its worst case. It is not sent again: the announced
 * maximum holds, and what is filled into a payload (`{{index}}`) never comes twice.
 */
export function passOverLost(state: State, maxUsd: number): Progress {
  let { progress } = state;
  while (progress.lost.calls < state.lostCalls)
    progress = passOverOne({ ...state, progress }, maxUsd);
  return progress;
}

function passOverOne(state: State, maxUsd: number): Progress {
  const { progress, sides } = state;
  const { ahead, spent, lost } = progress;
  const to = reachOfCall(state, progress);
  const unmade = (name: SideName): number =>
    to - progress.sent - ahead[name].filter((index) => index < to).length;
  const head = unmade('head');
  const base = sides.base === null ? 0 : unmade('base');
  const worstUsd =
    head * mostUsdOfSide(sides.head) +
    (base === 0 ? 0 : base * mostUsdOfSide(sideOf(sides, 'base')));
  const beyond = (name: SideName): number[] => ahead[name].filter((index) => index >= to);
  return {
    ...progress,
    sent: to,
    ahead: { base: beyond('base'), head: beyond('head') },
    spent: {
      ...spent,
      invocations: spent.invocations + head + base,
      // No block begins that could pass the limit.
      usd: spent.usd + Math.min(worstUsd, Math.max(0, maxUsd - spent.usd)),
    },
    lost: { calls: lost.calls + 1, invocations: lost.invocations + head + base },
  };
}
