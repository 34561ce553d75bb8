import type { Deps } from '../contract/deps.ts';
import type { Json } from '../contract/json.ts';
import { STAGES, type StageName } from '../contract/stages.ts';
import { runStage } from '../stages/stage-functions.ts';
import { interruptibleSleep } from './interruptible.ts';
import type { TaskFunction } from './player/task-function.ts';
import { tuneDefinition } from './tune-definition.ts';

/** What the world offers to stages; time and waiting come with each task. */
export type WorldDeps = Omit<Deps, 'now' | 'sleep' | 'readExecutionStatus'> &
  Partial<Pick<Deps, 'readExecutionStatus'>>;

/** Without Step Functions at hand, no execution can be asked whether it still runs. */
export const UNKNOWN_EXECUTION: Deps['readExecutionStatus'] = () => Promise.resolve(null);

export interface StageTasks {
  /** By the definition's placeholders, as the player calls them. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** Resolves when no stage is under way any more: after an abort, one may still be finishing a call. */
  readonly settled: () => Promise<void>;
}

/** The stages as tasks of the player: in the cloud each is a Lambda function of its own. */
export function stageTasks(world: WorldDeps): StageTasks {
  const underWay = new Set<Promise<unknown>>();
  const task =
    (name: StageName): TaskFunction =>
    async (input, { signal }) => {
      const deps: Deps = {
        readExecutionStatus: UNKNOWN_EXECUTION,
        ...world,
        now: Date.now,
        sleep: interruptibleSleep(signal),
      };
      const deadlineMs = Date.now() + timeoutSecondsOf(name) * 1000;
      const remainingMs = (): number => (signal.aborted ? 0 : deadlineMs - Date.now());
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
    tasks: Object.fromEntries(names.map((name) => [STAGES[name].resource, task(name)])),
    settled: async () => {
      await Promise.allSettled(underWay);
    },
  };
}

/** The definition's own limit: a function of Lambda would learn it from its context. */
function timeoutSecondsOf(name: StageName): number {
  const { States } = tuneDefinition() as { States: Record<string, { TimeoutSeconds?: number }> };
  return States[name]?.TimeoutSeconds ?? 60;
}
