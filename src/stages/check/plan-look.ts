import { planLooks } from '../../core/compare/look-plan.ts';
import type { CheckStage } from './stage.ts';
import { readSource } from './read-source.ts';

/** What to measure before the next look. */
export const planLook: CheckStage<'Plan'> = (state) => {
  const input = readSource(state.source);
  const planned = planLooks({
    maxInvocations: input.maxInvocations,
    sides: input.base === null ? 1 : 2,
    mostEnvironments: state.mostEnvironments,
  });
  const number = input.exhaustive ? planned.length : Math.min(state.looks + 1, planned.length);
  const look = planned[number - 1];
  if (look === undefined) throw new Error(`There is no look ${number}`);
  return Promise.resolve({ look, last: number === planned.length });
};
