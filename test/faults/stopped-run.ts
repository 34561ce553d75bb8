import { randomBytes } from 'node:crypto';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import {
  describeExecution,
  listEndedExecutions,
  readEnteredStates,
} from '../../src/aws/execution-calls.ts';
import type { StageInput, StageOutput } from '../../src/contract/tune/stages.ts';
import { cleanUpAfter } from '../../src/cloud/clean-up-after.ts';
import { sweep } from '../../src/cloud/sweep.ts';
import { cleanUpAfter as cleanUpEmbedded } from '../../src/play/clean-up-after.ts';
import {
  faultPlan,
  type FaultTime,
  realClock,
  startStepFunctionsEndpoint,
} from '../../src/emulator/index.ts';
import { tuneStateMachine } from '../../src/play/tune-state-machine.ts';
import { lockedBy, recover, runInput, type FaultedRun } from './fault-run.ts';
import { faultTarget, REGION, TARGET_NAME, targetState, type FaultTarget } from './fault-target.ts';
import { landing, type Landing, type Variant } from './landing.ts';

/** Short: the endpoint plays in real time. */
const UPDATE_DELAY_MS = 5;

/** The calls of an execution that nobody stops. */
export async function callsOfExecution(variant: Variant): Promise<readonly string[]> {
  const target = await faultTarget({
    clock: realClock,
    updateDelayMs: UPDATE_DELAY_MS,
    hasHistory: variant === 'with history',
  });
  const plan = faultPlan();
  target.intercept(plan.intercept);
  await execute(target, variant, 'whole', () => undefined);
  await target.close();
  return plan.calls();
}

/** Whether EventBridge tells the rule that the execution was stopped: it does so at best effort. */
export type StopEvent = 'delivered' | 'lost';

/**
 * Stops an execution by StopExecution at one call, and lets the rule on executions that were stopped clean
 * up: at once, and once more as it does after a delay. Where the event is lost, the sweep finds it by
 * asking Step Functions. `null` where there was no such call.
 */
export async function stoppedRun(
  variant: Variant,
  call: number,
  when: FaultTime,
  event: StopEvent = 'delivered',
): Promise<FaultedRun | null> {
  const target = await faultTarget({
    clock: realClock,
    updateDelayMs: UPDATE_DELAY_MS,
    hasHistory: variant === 'with history',
  });
  try {
    const before = await targetState(target.client);
    const run = `run-${randomBytes(4).toString('hex')}`;
    let stop: () => Promise<void> = () => Promise.resolve();
    const plan = faultPlan({ call, when, fault: () => stop() });
    target.intercept(plan.intercept);
    let atEnd: Landing = 'in between';
    await execute(
      target,
      variant,
      run,
      (stopExecution) => {
        stop = stopExecution;
      },
      event === 'delivered'
        ? undefined
        : async (states, stateMachineArn) => {
            target.intercept(null);
            atEnd = landing(before, await targetState(target.client), variant);
            await sweepTarget(target, states, stateMachineArn);
          },
    );
    target.intercept(null);
    const struck = plan.struck();
    if (struck === null) return null;
    if (event === 'delivered') {
      atEnd = landing(before, await targetState(target.client), variant);
      await recover(target, run, realClock);
    }
    return {
      variant,
      case: stoppedCase(when, event),
      call,
      operation: struck.operation,
      status: 'interrupted',
      error: '',
      applied: false,
      atEnd,
      recovered: landing(before, await targetState(target.client), variant),
      unhealed: null,
      lockedBy: await lockedBy(target, realClock),
      unqualifiedDeletes: target.unqualifiedDeletes.length,
    };
  } finally {
    await target.close();
  }
}

/** What the kind of fault is called. */
export function stoppedCase(when: FaultTime, event: StopEvent): string {
  const lost = event === 'lost' ? ', its event lost' : '';
  return `stopped through Step Functions${lost}, ${when} the work`;
}

/** What the deployed tuner's schedule does, ten minutes later. */
async function sweepTarget(
  target: FaultTarget,
  states: SFNClient,
  stateMachineArn: string,
): Promise<void> {
  const describe = describeExecution(states);
  const look = { describe, enteredStates: readEnteredStates(states) };
  const cleanUp = async (state: StageInput<'CleanUp'>): Promise<StageOutput<'CleanUp'>> =>
    await cleanUpEmbedded(state.run, { function: TARGET_NAME }, target.world, realClock);
  await sweep(stateMachineArn, {
    list: listEndedExecutions(states),
    describe,
    listAllVersions: (name) => target.world.listAllVersions(name),
    listQueriesUnderWay: () => target.world.listQueriesUnderWay(),
    cleanUp: (ended) => cleanUpAfter(ended, look, cleanUp),
    now: () => Date.now() + 10 * 60_000,
    remainingMs: () => 55_000,
  });
}

/** Plays an execution behind Step Functions' API, until it and what follows its end are over. */
async function execute(
  target: FaultTarget,
  variant: Variant,
  name: string,
  onStarted: (stop: () => Promise<void>) => void,
  /** In place of the rule on executions that did not end well. */
  insteadOfRule?: (states: SFNClient, stateMachineArn: string) => Promise<void>,
): Promise<void> {
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const machine = tuneStateMachine({ lambdaUrl: target.url, region: REGION, cpuOf: () => null });
  const offer: typeof machine = {
    ...machine,
    open(execution) {
      const { tasks, afterwards } = machine.open(execution);
      if (insteadOfRule === undefined) {
        return { tasks, afterwards: (status) => afterwards(status).finally(ended) };
      }
      // A stage still under way goes on to its end, as it does in the cloud.
      const underWay = new Set<Promise<unknown>>();
      const watched = Object.entries(tasks).map(([resource, task]) => {
        const watch: typeof task = (...call) => {
          const work = task(...call);
          underWay.add(work);
          return work;
        };
        return [resource, watch] as const;
      });
      return {
        tasks: Object.fromEntries(watched),
        afterwards: () =>
          Promise.allSettled(underWay).then(() => {
            ended();
          }),
      };
    },
  };
  const endpoint = await startStepFunctionsEndpoint({ stateMachines: [offer], region: REGION });
  const client = new SFNClient({
    endpoint: endpoint.url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const [stateMachineArn] = endpoint.stateMachineArns;
    const account = stateMachineArn?.split(':').slice(0, 5).join(':') ?? '';
    const machineName = stateMachineArn?.split(':')[6] ?? '';
    const executionArn = `${account}:execution:${machineName}:${name}`;
    onStarted(async () => {
      await client.send(new StopExecutionCommand({ executionArn }));
    });
    await client.send(
      new StartExecutionCommand({
        stateMachineArn,
        name,
        input: JSON.stringify(runInput(variant)),
      }),
    );
    await end;
    if (insteadOfRule !== undefined) await insteadOfRule(client, stateMachineArn ?? '');
  } finally {
    client.destroy();
    await endpoint.close();
  }
}
