import type { CheckStageInput } from '../../contract/check/check-stages.ts';
import { gbSecondsOf } from '../../core/cost/invocation-cost.ts';
import type { SideName } from '../../core/compare/side-schedule.ts';
import { observationUsd } from '../../core/measure/spending.ts';
import type { Invoked } from './find-environments.ts';
import { sideOf } from './side-of.ts';
import { sideTerms } from './side-terms.ts';

type State = CheckStageInput<'Measure'>;
type Spent = State['progress']['spent'];

type Ahead = State['progress']['ahead'];

/** Tells how far both sides have come, and what of each was made beyond that. */
export function advance(
  names: readonly SideName[],
  block: {
    readonly sent: number;
    readonly ahead: Ahead;
    readonly made: readonly Invoked[];
    readonly to: number;
  },
): { readonly sent: number; readonly ahead: Ahead } {
  const all = (name: SideName): ReadonlySet<number> =>
    new Set([
      ...block.ahead[name],
      ...block.made.filter(({ side }) => side === name).map(({ index }) => index),
    ]);
  const made = { base: all('base'), head: all('head') };
  let { sent } = block;
  while (sent < block.to && names.every((name) => made[name].has(sent))) sent += 1;
  const beyond = (name: SideName): number[] => [...made[name]].filter((index) => index >= sent);
  return { sent, ahead: { base: beyond('base'), head: beyond('head') } };
}

/** Adds what the invocations of a block cost. */
export function addSpent(spent: Spent, made: readonly Invoked[], sides: State['sides']): Spent {
  let { invocations, gbSeconds, usd } = spent;
  for (const { side, observation } of made) {
    const { billedMs, memoryMb } = observation;
    invocations += 1;
    gbSeconds += gbSecondsOf({ billedMs: billedMs ?? 0, memoryMb });
    usd += observationUsd(observation, sideTerms(sideOf(sides, side)));
  }
  return { invocations, gbSeconds, usd };
}
