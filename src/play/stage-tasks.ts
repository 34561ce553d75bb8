import type { CheckDeps } from '../contract/check/check-deps.ts';
import type { Deps } from '../contract/shared/deps.ts';
import type { Json } from '../contract/shared/json.ts';
import { stageNames } from '../contract/shared/workflow.ts';
import { STORE_RESULT } from '../contract/tune/stages.ts';
import { type Clock, realClock, type TaskFunction } from '../emulator/index.ts';
import type { StagedWorkflow } from '../stages/target/staged-workflow.ts';
import { interruptibleSleep } from './interruptible.ts';
import { functionSecondsOf } from './workflow-definition.ts';
import type { Surface } from '../words/trial-advice.ts';

/** What each task brings along by itself. */
type Own = Pick<Deps, 'now' | 'sleep' | 'readExecutionStatus'>;

/** What the world offers to the stages of a workflow. Each task adds its own time and its own waiting. */
export type PlayedWorld<D extends Own> = Omit<D, keyof Own> &
  Partial<Pick<D, 'readExecutionStatus'>> & {
    /** Returns the calls about the function again, which begin no attempt after the signal. */
    readonly callsUntil?: (stopped: AbortSignal) => Partial<D>;
  };

export type WorldDeps = PlayedWorld<Deps>;
export type CheckWorldDeps = PlayedWorld<CheckDeps>;

/** Without Step Functions at hand, no execution can be asked whether it still runs. */
export const UNKNOWN_EXECUTION: Deps['readExecutionStatus'] = () => Promise.resolve(null);

export interface StageTasks<Name extends string> {
  /** The tasks by the placeholders of the definition, as the player calls them. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** Resolves when no stage is under way any more: after an abort, one may still be finishing a call. */
  readonly settled: () => Promise<void>;
  /** The last call of each stage with its output, also where the run had ended by then. */
  readonly seen: SeenStages<Name>;
}

export type SeenStages<Name extends string> = ReadonlyMap<
  Name,
  {
    readonly input: unknown;
    /** `undefined` while it is under way, and where it failed. */
    readonly output: unknown;
    /** How often the stage was called. */
    readonly calls: number;
  }
>;

/**
 * Returns the stages of a workflow as tasks of the player: in the cloud each is a Lambda function of its own,
 * which Lambda ends when its time is over. Here a stage that was told to stop begins no further call, and the
 * next stage waits for its last one: nothing of it may come after the clean-up.
 */
export function stageTasks<Name extends string, D extends Own>(
  { workflow, run }: StagedWorkflow<Name, D>,
  world: PlayedWorld<D>,
  clock: Clock = realClock,
  surface?: Surface,
): StageTasks<Name> {
  const secondsOf = functionSecondsOf(workflow);
  const underWay = new Set<Promise<unknown>>();
  const seen = new Map<Name, { input: unknown; output: unknown; calls: number }>();
  const settled = async (): Promise<void> => {
    await Promise.allSettled(underWay);
  };
  const task =
    (name: Name): TaskFunction =>
    async (input, { signal }) => {
      await settled();
      signal.throwIfAborted();
      const deps = {
        readExecutionStatus: UNKNOWN_EXECUTION,
        ...world,
        ...world.callsUntil?.(signal),
        now: () => clock.now(),
        sleep: interruptibleSleep(signal, clock),
      } as unknown as D;
      const deadlineMs = clock.now() + secondsOf(name) * 1000;
      const remainingMs = (): number => (signal.aborted ? 0 : deadlineMs - clock.now());
      const work = run(name, input, deps, {
        remainingMs,
        ...(surface === undefined ? {} : { surface }),
      });
      underWay.add(work);
      const call = { input, output: undefined as unknown, calls: (seen.get(name)?.calls ?? 0) + 1 };
      seen.set(name, call);
      try {
        call.output = await work;
        return call.output as Json;
      } finally {
        underWay.delete(work);
      }
    };
  const byPlaceholder = stageNames(workflow).map(
    (name) => [workflow.stages[name].resource, task(name)] as const,
  );
  return {
    tasks: {
      ...Object.fromEntries(byPlaceholder),
      [STORE_RESULT.resource]: keepNowhere,
    },
    settled,
    seen,
  };
}

/** There is no results bucket here: the output is the result. */
const keepNowhere: TaskFunction = () => Promise.resolve({});
