import type { Deps } from '../contract/shared/deps.ts';
import type { Json } from '../contract/shared/json.ts';
import { STAGES, STORE_RESULT, type StageName } from '../contract/tune/stages.ts';
import { functionSeconds } from '../contract/shared/task-time.ts';
import { runStage } from '../stages/tune/stage-functions.ts';
import { interruptibleSleep } from './interruptible.ts';
import { type Clock, realClock, type TaskFunction } from '../emulator/index.ts';
import { tuneDefinition } from './tune-definition.ts';

/** What the world offers to stages; time and waiting come with each task. */
export type WorldDeps = Omit<Deps, 'now' | 'sleep' | 'readExecutionStatus'> &
  Partial<Pick<Deps, 'readExecutionStatus'>> & {
    /** The calls about the function once more, of which no attempt begins after the signal. */
    readonly callsUntil?: (stopped: AbortSignal) => Partial<Deps>;
  };

/** Without Step Functions at hand, no execution can be asked whether it still runs. */
export const UNKNOWN_EXECUTION: Deps['readExecutionStatus'] = () => Promise.resolve(null);

export interface StageTasks {
  /** By the definition's placeholders, as the player calls them. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** Resolves when no stage is under way any more: after an abort, one may still be finishing a call. */
  readonly settled: () => Promise<void>;
}

/**
 * The stages as tasks of the player: in the cloud each is a Lambda function of its own, which Lambda ends
 * when its time is over. Here a stage that was told to stop begins no further call, and the next stage
 * waits for its last one: nothing of it may come after the clean-up.
 */
export function stageTasks(world: WorldDeps, clock: Clock = realClock): StageTasks {
  const underWay = new Set<Promise<unknown>>();
  const settled = async (): Promise<void> => {
    await Promise.allSettled(underWay);
  };
  const task =
    (name: StageName): TaskFunction =>
    async (input, { signal }) => {
      await settled();
      signal.throwIfAborted();
      const deps: Deps = {
        readExecutionStatus: UNKNOWN_EXECUTION,
        ...world,
        ...world.callsUntil?.(signal),
        now: () => clock.now(),
        sleep: interruptibleSleep(signal, clock),
      };
      const deadlineMs = clock.now() + functionSecondsOf(name) * 1000;
      const remainingMs = (): number => (signal.aborted ? 0 : deadlineMs - clock.now());
      const work = runStage(name, input, deps, { remainingMs });
      underWay.add(work);
      try {
        return (await work) as Json;
      } finally {
        underWay.delete(work);
      }
    };
  const names = Object.keys(STAGES) as StageName[];
  return {
    tasks: {
      ...Object.fromEntries(names.map((name) => [STAGES[name].resource, task(name)])),
      [STORE_RESULT.resource]: keepNowhere,
    },
    settled,
  };
}

/** There is no results bucket here: the output is the result. */
export const keepNowhere: TaskFunction = () => Promise.resolve({});

/** The time that the stage's function would have in Lambda, which tells it by its context. */
function functionSecondsOf(name: StageName): number {
  const { States } = tuneDefinition() as { States: Record<string, { TimeoutSeconds?: number }> };
  return functionSeconds(States[name]?.TimeoutSeconds ?? 60);
}
