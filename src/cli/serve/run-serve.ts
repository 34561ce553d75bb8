import { memberOf } from '../../contract/shared/member-of.ts';
import {
  type LambdaEndpoint,
  type LambdaEndpointOptions,
  startLambdaEndpoint,
  startStepFunctionsEndpoint,
  type StepFunctionsEndpoint,
} from '../../emulator/index.ts';
import { checkStateMachine } from '../../play/check-state-machine.ts';
import { tuneStateMachine } from '../../play/tune-state-machine.ts';
import { isRegion } from '../../contract/shared/region.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { Terminal } from '../shared/terminal.ts';
import { Interruption } from '../shared/interruption.ts';
import type { EmbeddedFunctionFacts } from '../../api/tune/open-embedded.ts';
import type { ServeOptions } from './serve-options.ts';
import { makeServedFunctions } from './make-served-functions.ts';
import { loadLog, loggedFunction, readServedLogs, type ServedLog } from './read-served-logs.ts';

const DEFAULT_REGION = 'us-east-1';

interface Ports {
  readonly lambda: number;
  readonly stepFunctions: number;
}

/** `powerdial serve`: both endpoints on loopback until somebody stops it. */
export async function runServe(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const ports = readPorts(options.port);
  refuseOddTexts(options);
  const interruption = new Interruption({
    onFirst: () => undefined,
    onSecond: () => terminal.stderr.write('Stopped without waiting for what was under way.\n'),
  });
  interruption.start();
  try {
    const logs = await readServedLogs(options.logs ?? [], terminal.stdin);
    const served = await makeServedFunctions(options, terminal);
    for (const notice of new Set(served.flatMap(({ notices = [] }) => notices))) {
      terminal.stderr.write(`${notice}\n`);
    }
    const functions = [...served, ...functionsOfLogs(logs, served, options)];
    const lambda = await startListening(() => offerFunctions(served, options, ports), served);
    try {
      for (const each of functions.slice(served.length)) {
        const own = logs.filter(({ name }) => name === each.name);
        let memoryMb: number | null = null;
        for (const log of own) memoryMb = (await loadLog(log, lambda, Date.now())) ?? memoryMb;
        const { seed: _, notices: __, ...definition } = each;
        lambda.addFunction({ ...definition, memoryMb: memoryMb ?? each.memoryMb });
      }
      for (const log of logs) {
        if (served.some(({ name }) => name === log.name)) await loadLog(log, lambda, Date.now());
      }
      const states = await startListening(
        () => offerWorkflows(functions, options, lambda, ports),
        [],
      );
      try {
        announce(functions, lambda, states, options, terminal);
        await waitForAbort(interruption.signal);
      } finally {
        // First the executions: they put functions back, which have to be there for it.
        await states.close();
      }
    } finally {
      await lambda.close();
    }
    return EXIT.done;
  } finally {
    interruption.stop();
  }
}

/** Returns a function for each log whose function is not served itself, once. */
function functionsOfLogs(
  logs: readonly ServedLog[],
  served: readonly EmbeddedFunctionFacts[],
  { region = DEFAULT_REGION }: ServeOptions,
): readonly EmbeddedFunctionFacts[] {
  const names = new Set(logs.map(({ name }) => name));
  for (const { name } of served) names.delete(name);
  return [...names].map((name) => loggedFunction(name, region));
}

function offerFunctions(
  functions: readonly EmbeddedFunctionFacts[],
  { seed }: ServeOptions,
  ports: Ports,
): Promise<LambdaEndpoint> {
  const options: LambdaEndpointOptions = {
    functions: functions.map(({ seed: _, notices: __, ...definition }) => definition),
    port: ports.lambda,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
  return startLambdaEndpoint(options);
}

function offerWorkflows(
  functions: readonly EmbeddedFunctionFacts[],
  { region = DEFAULT_REGION }: ServeOptions,
  lambda: LambdaEndpoint,
  ports: Ports,
): Promise<StepFunctionsEndpoint> {
  const offered = {
    lambdaUrl: lambda.url,
    region,
    cpuOf: (name: string) => functions.find((each) => each.name === name)?.host.cpu ?? null,
  };
  return startStepFunctionsEndpoint({
    stateMachines: [tuneStateMachine(offered), checkStateMachine(offered)],
    region,
    port: ports.stepFunctions,
  });
}

/** Tells what scripts read, then what people read. */
function announce(
  functions: readonly EmbeddedFunctionFacts[],
  lambda: LambdaEndpoint,
  states: StepFunctionsEndpoint,
  { region = DEFAULT_REGION, quiet, logs = [] }: ServeOptions,
  { stdout, stderr }: Terminal,
): void {
  const [stateMachineArn, checkStateMachineArn] = states.stateMachineArns;
  const { url: stepFunctions } = states;
  const first = {
    lambda: lambda.url,
    stepFunctions,
    stateMachineArn,
    checkStateMachineArn,
    // CloudWatch Logs is behind the same door.
    ...(logs.length === 0 ? {} : { logs: lambda.url }),
  };
  stdout.write(`${JSON.stringify(first)}\n`);
  if (quiet === true) return;
  stderr.write(
    [
      `Serving ${functions.map(({ name, host }) => `${name} (${host.cpu})`).join(', ')}. For an AWS SDK, the AWS CLI or powerdial itself:`,
      `  export AWS_ENDPOINT_URL_LAMBDA=${lambda.url} AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${lambda.url}`,
      `  export AWS_ENDPOINT_URL_SFN=${states.url}`,
      // The AWS CLI of version 1 and boto3 read the second one only.
      `  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
      `  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any`,
      'Ctrl-C ends it.',
      '',
    ].join('\n'),
  );
}

/** Starts an endpoint; a port that is taken is a matter of usage. Without it, nothing keeps the hosts. */
async function startListening<T>(
  start: () => Promise<T>,
  functions: readonly EmbeddedFunctionFacts[],
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await Promise.all(functions.map(({ host }) => host.close()));
    if (memberOf(error, 'code') === 'EADDRINUSE') {
      const port = memberOf(error, 'port');
      const taken = typeof port === 'number' ? port : 'one of them';
      throw new UsageError([`--port: wanted two free ports, ${taken} is taken`]);
    }
    throw error;
  }
}

function refuseOddTexts({ region, seed }: ServeOptions): void {
  const problems = [
    ...(region === undefined || isRegion(region)
      ? []
      : [`--region: wanted a region such as eu-west-1, it is ${JSON.stringify(region)}`]),
    ...(seed === undefined || /^\d+$/.test(seed)
      ? []
      : [`--seed: wanted a whole number, it is ${JSON.stringify(seed)}`]),
  ];
  if (problems.length > 0) throw new UsageError(problems);
}

function readPorts(text: string | undefined): Ports {
  if (text === undefined) return { lambda: 0, stepFunctions: 0 };
  const port = Number(text);
  // The next one must be a port, too.
  if (!Number.isInteger(port) || port < 1 || port > 65_534) {
    throw new UsageError([`--port: wanted 1 to 65534, it is ${JSON.stringify(text)}`]);
  }
  return { lambda: port, stepFunctions: port + 1 };
}

async function waitForAbort(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
