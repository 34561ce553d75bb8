import { randomBytes } from 'node:crypto';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { faultPlan } from '../../src/local/lambda/fault-plan.ts';
import type { FaultTime } from '../../src/local/lambda/fault.ts';
import { realClock } from '../../src/local/player/clock.ts';
import { startStepFunctionsEndpoint } from '../../src/local/step-functions/endpoint.ts';
import { tuneStateMachine } from '../../src/local/step-functions/tune-state-machine.ts';
import { lockedBy, recover, runInput, type FaultedRun } from './fault-run.ts';
import { faultTarget, REGION, targetState, type FaultTarget } from './fault-target.ts';
import { landing, type Variant } from './landing.ts';

/** Short: the endpoint plays in real time. */
const UPDATE_DELAY_MS = 5;

/** The calls of an execution that nobody stops. */
export async function callsOfExecution(variant: Variant): Promise<readonly string[]> {
  const target = await faultTarget({ clock: realClock, updateDelayMs: UPDATE_DELAY_MS });
  const plan = faultPlan();
  target.intercept(plan.intercept);
  await execute(target, variant, 'whole', () => undefined);
  await target.close();
  return plan.calls();
}

/**
 * Stops an execution by StopExecution at one call, and lets the rule on executions that were stopped clean
 * up: at once, and once more as it does after a delay. `null` where there was no such call.
 */
export async function stoppedRun(
  variant: Variant,
  call: number,
  when: FaultTime,
): Promise<FaultedRun | null> {
  const target = await faultTarget({ clock: realClock, updateDelayMs: UPDATE_DELAY_MS });
  try {
    const before = await targetState(target.client);
    const run = `run-${randomBytes(4).toString('hex')}`;
    let stop: () => Promise<void> = () => Promise.resolve();
    const plan = faultPlan({ call, when, fault: () => stop() });
    target.intercept(plan.intercept);
    await execute(target, variant, run, (stopExecution) => {
      stop = stopExecution;
    });
    target.intercept(null);
    const struck = plan.struck();
    if (struck === null) return null;
    const atEnd = landing(before, await targetState(target.client), variant);
    await recover(target, run, realClock);
    return {
      variant,
      case: `stopped through Step Functions, ${when} the work`,
      call,
      operation: struck.operation,
      status: 'interrupted',
      error: '',
      applied: false,
      atEnd,
      recovered: landing(before, await targetState(target.client), variant),
      lockedBy: await lockedBy(target, realClock),
      unqualifiedDeletes: target.unqualifiedDeletes.length,
    };
  } finally {
    await target.close();
  }
}

/** Plays an execution behind Step Functions' API, until it and what follows its end are over. */
async function execute(
  target: FaultTarget,
  variant: Variant,
  name: string,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<void> {
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const machine = tuneStateMachine({ lambdaUrl: target.url, region: REGION, cpuOf: () => null });
  const offer: typeof machine = {
    ...machine,
    open(execution) {
      const { tasks, afterwards } = machine.open(execution);
      return { tasks, afterwards: (status) => afterwards(status).finally(ended) };
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
  } finally {
    client.destroy();
    await endpoint.close();
  }
}
