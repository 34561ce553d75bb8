import { lambdaDeps } from '../../aws/lambda-deps.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { playCheck } from '../../play/play-check.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckedTarget } from './checked-targets.ts';
import type { OpenedSides, SidesTerms } from './opened-sides.ts';

/** Functions on AWS (or wherever the SDK's own settings point), with the caller's credentials. */
export function openAwsSides(
  target: CheckedTarget,
  options: CheckOptions,
  { mostEnvironments, stop: signal, watch }: SidesTerms,
): OpenedSides {
  const region = parseFunctionRef(target.head.target)?.region ?? options.region;
  const {
    close,
    callsUntil: _,
    ...calls
  } = lambdaDeps(
    {
      ...(region === undefined ? {} : { region }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    },
    signal,
  );
  const world = { ...calls, invoke: watch(calls.invoke) };
  return {
    ...namedSides(target),
    emulation: null,
    machine: null,
    mostEnvironments,
    play: (input, onCheckProgress) =>
      playCheck({ input, world: { ...world, onCheckProgress }, signal }),
    close() {
      close();
      return Promise.resolve();
    },
  };
}

/** The sides of a target on AWS, as the workflow's input names them. */
export function namedSides({ head, base }: CheckedTarget): Pick<OpenedSides, 'head' | 'base'> {
  const side = (named: CheckedTarget['head']): OpenedSides['head'] => ({
    function: named.target,
    qualifier: named.qualifier,
  });
  return { head: side(head), base: base === null ? null : side(base) };
}
