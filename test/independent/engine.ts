import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from '../../src/contract/shared/json.ts';
import {
  type FunctionHost,
  type LambdaEndpoint,
  readRecording,
  recordedHost,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';
import {
  ACCOUNT,
  deployedDefinition,
  REGION,
  stageFunctions,
  stageIdOf,
  type Definition,
  type WorkflowKind,
} from './definitions.ts';
import type { Played, Scenario } from './scenario.ts';
import { stageHost } from './stage-host.ts';
import { targetState } from './target-state.ts';

const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };
export const CLIENT = { region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };

/** A state machine of a scenario: the workflow's own, or one of its own where it alters the definition. */
export interface Machine {
  readonly name: string;
  readonly definition: Definition;
}

/** What an engine brings: an endpoint of Step Functions that plays the machines. */
export interface StatesEngine {
  readonly url: string;
  readonly stored: () => Promise<Readonly<Record<string, Json>>>;
  readonly loseBucket: (lost: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type StartStates = (
  machines: readonly Machine[],
  stagesUrl: string,
) => Promise<StatesEngine>;

/** Both workflows' stages as deployed, functions to tune, and an engine that plays state machines with them. */
export class Engine {
  readonly #stages: LambdaEndpoint;
  readonly #targets: LambdaEndpoint;
  readonly #states: StatesEngine;
  readonly #sfn: SFNClient;
  readonly #lambda: LambdaClient;
  readonly #invoking: LambdaClient;
  readonly #play: { run: Underway | null };

  private constructor(
    stages: LambdaEndpoint,
    targets: LambdaEndpoint,
    states: StatesEngine,
    play: { run: Underway | null },
  ) {
    this.#stages = stages;
    this.#targets = targets;
    this.#states = states;
    this.#play = play;
    this.#sfn = new SFNClient({ ...CLIENT, endpoint: states.url });
    this.#lambda = new LambdaClient({ ...CLIENT, endpoint: targets.url });
    this.#invoking = new LambdaClient({ ...CLIENT, endpoint: stages.url });
  }

  static async start(
    scenarios: Readonly<Record<string, Scenario>>,
    start: StartStates,
  ): Promise<Engine> {
    const play: { run: Underway | null } = { run: null };
    const targets = await startTargets(scenarios);
    const environment: Record<string, string> = {
      AWS_ENDPOINT_URL_LAMBDA: targets.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: targets.url,
    };
    const stages = await startStages(environment, play);
    const states = await start(machinesOf(scenarios), stages.url);
    // The stages' processes start with their first call.
    environment['AWS_ENDPOINT_URL_SFN'] = states.url;
    environment['AWS_ENDPOINT_URL_S3'] = states.url;
    return new Engine(stages, targets, states, play);
  }

  async play(title: string, scenario: Scenario): Promise<Played> {
    const functionName = `orders-${title}`;
    await scenario.setUp?.(this.#lambda, functionName);
    const before = await targetState(this.#lambda, functionName);
    const known = await this.#states.stored();
    await this.#states.loseBucket(scenario.bucket === false);
    const machine = machineName(title, scenario);
    const executionArn = `arn:aws:states:${REGION}:${ACCOUNT}:execution:${machine}:run-${title}`;
    const run = new Underway(scenario, async () => {
      await this.#sfn.send(
        new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by hand' }),
      );
    });
    this.#play.run = run;
    try {
      await this.#sfn.send(
        new StartExecutionCommand({
          stateMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${machine}`,
          name: `run-${title}`,
          input: JSON.stringify(scenario.input(functionName)),
        }),
      );
      const described = await this.#ended(executionArn);
      await run.settled();
      // What befell the run does not befall the rule.
      this.#play.run = null;
      const ruled =
        described.status === 'SUCCEEDED' || scenario.workflow === 'check'
          ? null
          : await this.#rule(executionArn, described.status);
      const stored = Object.entries(await this.#states.stored());
      return {
        ...described,
        // moto fails to tell the history of an execution whose time was over.
        entered: described.status === 'TIMED_OUT' ? [] : await this.#entered(executionArn),
        stored: Object.fromEntries(stored.filter(([key]) => !(key in known))),
        before,
        after: await targetState(this.#lambda, functionName),
        ruled,
      };
    } finally {
      this.#play.run = null;
      await this.#states.loseBucket(false);
    }
  }

  async close(): Promise<void> {
    await this.#states.close();
    await this.#stages.close();
    await this.#targets.close();
    for (const client of [this.#sfn, this.#lambda, this.#invoking]) client.destroy();
  }

  async #ended(executionArn: string) {
    for (;;) {
      const { status, output, error, cause } = await this.#sfn.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status !== 'RUNNING') {
        const parsed = output === undefined ? undefined : (JSON.parse(output) as Json);
        return { status: String(status), output: parsed, error, cause };
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async #entered(executionArn: string): Promise<readonly string[]> {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, nextToken }),
      );
      for (const { stateEnteredEventDetails } of page.events ?? []) {
        if (stateEnteredEventDetails?.name !== undefined) names.push(stateEnteredEventDetails.name);
      }
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return names;
  }

  /** What EventBridge and the deployment's rule do: CleanUp at once, and by the queue once more. */
  async #rule(executionArn: string, status: string): Promise<readonly string[]> {
    const detail = { executionArn, status, redriveCount: 0 };
    const event = { source: 'aws.states', detail };
    const late = { Records: [{ eventSource: 'aws:sqs', body: JSON.stringify(event) }] };
    const answers: string[] = [];
    for (const each of [event, late]) {
      const { FunctionError = 'ok', Payload } = await this.#invoking.send(
        new InvokeCommand({ FunctionName: 'powerdial-CleanUp', Payload: JSON.stringify(each) }),
      );
      answers.push(FunctionError === 'ok' ? 'ok' : (Payload?.transformToString() ?? ''));
    }
    return answers;
  }
}

/** The run that the stages' functions are at work for. */
class Underway {
  readonly #scenario: Scenario;
  readonly #stop: () => Promise<void>;
  readonly #calls = new Map<string, number>();
  readonly #work = new Set<Promise<unknown>>();
  #stopped = false;

  constructor(scenario: Scenario, stop: () => Promise<void>) {
    this.#scenario = scenario;
    this.#stop = stop;
  }

  count(stage: string): number {
    const nth = (this.#calls.get(stage) ?? 0) + 1;
    this.#calls.set(stage, nth);
    return nth;
  }

  refusal(stage: string, nth: number) {
    return this.#scenario.refused?.(stage, nth) ?? null;
  }

  async before(stage: string) {
    const nth = this.#calls.get(stage) ?? 1;
    if (this.#scenario.stopIn === stage && !this.#stopped) {
      this.#stopped = true;
      // moto answers a stop only when the Task under way has ended; AWS answers at once.
      const stopping = this.#stop();
      this.track(stopping);
      await Promise.race([stopping, new Promise((resolve) => setTimeout(resolve, 1000))]);
    }
    const slowMs = this.#scenario.slowMs?.(stage, nth) ?? 0;
    if (slowMs > 0) {
      const slow = new Promise((resolve) => setTimeout(resolve, slowMs));
      this.track(slow);
      await slow;
    }
    return this.#scenario.died?.(stage, nth) ?? null;
  }

  track(work: Promise<unknown>): void {
    this.#work.add(work);
  }

  /** A stage goes on when its execution has ended: Step Functions ends no function. */
  async settled(): Promise<void> {
    await Promise.all(this.#work);
  }
}

function startStages(
  environment: Readonly<Record<string, string>>,
  play: { readonly run: Underway | null },
): Promise<LambdaEndpoint> {
  const kinds: readonly WorkflowKind[] = ['tune', 'check'];
  const names = new Set(kinds.flatMap((kind) => stageFunctions(deployedDefinition(kind))));
  return startLambdaEndpoint({
    functions: [...names].map((name) => ({
      name,
      memoryMb: 512,
      timeoutSeconds: 900,
      architecture: 'arm64' as const,
      runtime: 'nodejs24.x',
      region: REGION,
      host: watchHost(
        stageHost({
          stageId: stageIdOf(name),
          environment,
          before: async (stage) => (await play.run?.before(stage)) ?? null,
        }),
        (work) => play.run?.track(work),
      ),
    })),
    intercept({ operation, functionName }) {
      if (operation !== 'Invoke' || play.run === null) return undefined;
      const stage = stageIdOf((functionName ?? '').replace(/^.*:function:/, ''));
      const refusal = play.run.refusal(stage, play.run.count(stage));
      return refusal === null ? undefined : { kind: 'answer', ...refusal };
    },
  });
}

/** Tells of every invocation, so that a test can wait for those that nobody else waits for. */
function watchHost(host: FunctionHost, tell: (work: Promise<unknown>) => void): FunctionHost {
  return {
    ...host,
    invoke(invocation) {
      const work = host.invoke(invocation);
      tell(work);
      return work;
    },
  };
}

async function startTargets(
  scenarios: Readonly<Record<string, Scenario>>,
): Promise<LambdaEndpoint> {
  const endpoint = await startLambdaEndpoint({
    functions: Object.entries(scenarios).map(([title, { memory = LITTLE_NOISE }]) => {
      const read = readRecording({ name: 'orders', architecture: 'arm64', memory });
      if (read.kind === 'invalid') throw new Error(`${title}: ${read.problems.join('\n')}`);
      return {
        name: `orders-${title}`,
        host: recordedHost(read.recording, { seed: 7 }),
        memoryMb: 512,
        timeoutSeconds: 60,
        architecture: 'arm64' as const,
        runtime: 'nodejs24.x',
        region: REGION,
      };
    }),
  });
  for (const [title, { historyMs = [] }] of Object.entries(scenarios)) {
    for (const [index, ms] of historyMs.entries()) {
      const atMs = Date.now() - (HISTORY_MS * (index + 1)) / historyMs.length;
      addReport(endpoint, `orders-${title}`, { id: index, ms, atMs });
    }
  }
  return endpoint;
}

/** Nearly the whole window, so that both engines count over the same time. */
const HISTORY_MS = 13.9 * 24 * 3600 * 1000;

/** One call of production, as Lambda prints it, within the window of 14 days. */
function addReport(
  endpoint: LambdaEndpoint,
  functionName: string,
  { id: number, ms, atMs }: { readonly id: number; readonly ms: number; readonly atMs: number },
): void {
  const id = `4ce9340a-b765-490f-ad8a-${String(number).padStart(12, '0')}`;
  const line = Buffer.from(
    `REPORT RequestId: ${id}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: 512 MB\tMax Memory Used: 71 MB\t\n`,
  );
  endpoint.addLog({
    group: `/aws/lambda/${functionName}`,
    stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
    atMs,
    size: line.length,
    read: () => line,
  });
}

export const LITTLE_NOISE = {
  128: { warmMs: [1590, 1600, 1610, 1640, 1575], initMs: [150], maxMemoryUsedMb: 70 },
  512: { warmMs: [397, 400, 403, 411, 394], initMs: [149], maxMemoryUsedMb: 71 },
  1769: { warmMs: [114, 115, 117, 119, 113], initMs: [150], maxMemoryUsedMb: 74 },
  3008: { warmMs: [112, 114, 116, 118, 113], initMs: [149], maxMemoryUsedMb: 74 },
};

function machineName(title: string, { workflow = 'tune', alter }: Scenario): string {
  const name = workflow === 'tune' ? 'powerdial' : 'powerdial-check';
  return alter === undefined ? name : `${name}-${title}`;
}

function machinesOf(scenarios: Readonly<Record<string, Scenario>>): readonly Machine[] {
  const machines = new Map<string, Definition>([
    ['powerdial', deployedDefinition('tune')],
    ['powerdial-check', deployedDefinition('check')],
  ]);
  for (const [title, scenario] of Object.entries(scenarios)) {
    if (scenario.alter === undefined) continue;
    const definition = deployedDefinition(scenario.workflow ?? 'tune');
    scenario.alter(definition);
    machines.set(machineName(title, scenario), definition);
  }
  return [...machines].map(([name, definition]) => ({ name, definition }));
}
