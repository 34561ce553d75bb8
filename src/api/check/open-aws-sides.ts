import { lambdaDeps } from '../../aws/lambda-deps.ts';
import { playCheck } from '../../play/play-check.ts';
import type { AwsConnection } from '../shared/connect-aws.ts';
import type { CheckedTarget } from './checked-target.ts';
import type { OpenedSides, SidesTerms } from './opened-sides.ts';

/** Functions on AWS (or wherever the SDK's own settings point), with the caller's credentials. */
export function openAwsSides(
  target: CheckedTarget,
  connection: AwsConnection,
  { mostEnvironments, stop: signal, watch }: SidesTerms,
): OpenedSides {
  const { close, callsUntil: _, ...calls } = lambdaDeps(connection, signal);
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

/** Returns the sides of a target on AWS, as the workflow's input names them. */
export function namedSides({ head, base }: CheckedTarget): Pick<OpenedSides, 'head' | 'base'> {
  const side = (named: CheckedTarget['head']): OpenedSides['head'] => ({
    function: named.target,
    qualifier: named.qualifier,
  });
  return { head: side(head), base: base === null ? null : side(base) };
}
