import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { afterAll, expect, test } from 'vitest';
import { INVERSE_LAW } from '../flow/embedded-target.ts';
import { powerdial, scratch, start, type Running } from './powerdial.ts';

const { file, remove } = scratch();
const recording = file('orders.json', JSON.stringify(INVERSE_LAW));
const handler = file('served.mjs', 'export const handler = async (event) => ({ got: event.a });');

afterAll(remove);

interface FirstLine {
  readonly lambda: string;
  readonly stepFunctions: string;
  readonly stateMachineArn: string;
  readonly checkStateMachineArn: string;
}

/** What scripts read: the first line, once all of it is there. */
async function firstLine(running: Running): Promise<FirstLine> {
  return JSON.parse(await running.firstLine) as FirstLine;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serve runs both endpoints until %s, and leaves nothing',
  async (signal) => {
    const serving = start([
      'serve',
      ...['--local', `thumb=${handler}`],
      ...['--recorded', `shop=${recording}`, '--recorded', recording],
      ...['--region', 'eu-west-1', '--current', '1024MB/30s'],
    ]);
    const { lambda, stepFunctions, stateMachineArn, checkStateMachineArn } =
      await firstLine(serving);
    expect(checkStateMachineArn).toBe(`${stateMachineArn}-check`);
    expect(stateMachineArn).toBe('arn:aws:states:eu-west-1:123456789012:stateMachine:powerdial');
    const client = new LambdaClient({
      endpoint: lambda,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    try {
      const { Payload } = await client.send(
        new InvokeCommand({ FunctionName: 'thumb', Payload: Buffer.from('{"a":1}') }),
      );
      expect(Buffer.from(Payload ?? []).toString()).toBe('{"got":1}');
      const { MemorySize } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'orders' }),
      );
      expect(MemorySize).toBe(1024);
      const env = {
        AWS_ENDPOINT_URL_LAMBDA: lambda,
        // The name that people try first; the SDK's own is AWS_ENDPOINT_URL_SFN.
        AWS_ENDPOINT_URL_STEP_FUNCTIONS: stepFunctions,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
      };
      const tuned = await start(
        ['tune', 'shop', '--memory', '512,1769', '--invocations', '5', '--json'],
        { env },
      ).ended;
      expect(tuned.code).toBe(0);
      expect(JSON.parse(tuned.stdout)).toMatchObject({
        emulated: true,
        emulation: { cpu: 'recorded' },
        current: { memoryMb: 1024, timeoutSeconds: 30 },
      });
    } finally {
      client.destroy();
      serving.kill(signal);
    }
    const { code, stdout, stderr, left } = await serving.ended;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`AWS_ENDPOINT_URL_SFN=${stepFunctions}`);
    // Where a check reads which environment served an invocation.
    expect(stderr).toContain(`AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${lambda}`);
    expect(left).toEqual([]);
    await expect(fetch(lambda)).rejects.toThrow();
    await expect(fetch(stepFunctions)).rejects.toThrow();
  },
);

test('an execution under way is stopped and cleaned up after before the endpoints end', async () => {
  const waiting = file(
    'waiting.mjs',
    // The trial invocation of $LATEST ends; those of a version would take ten minutes.
    "export const handler = () => process.env.AWS_LAMBDA_FUNCTION_VERSION === '$LATEST' || new Promise((done) => setTimeout(done, 600000));",
  );
  const serving = start(['serve', '--local', `slow=${waiting}`, '--current', '512MB/60s', '-q']);
  const { stepFunctions, stateMachineArn } = await firstLine(serving);
  const call = async (operation: string, body: object): Promise<unknown> =>
    (
      await fetch(stepFunctions, {
        method: 'POST',
        headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
        body: JSON.stringify(body),
      })
    ).json();
  const input = JSON.stringify({ function: 'slow', memorySizes: [512], invocations: 5 });
  const { executionArn } = (await call('StartExecution', { stateMachineArn, input })) as {
    executionArn: string;
  };
  for (;;) {
    const { events } = (await call('GetExecutionHistory', { executionArn })) as {
      events: { stateEnteredEventDetails?: { name: string } }[];
    };
    if (events.some((event) => event.stateEnteredEventDetails?.name === 'Measure')) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  serving.kill('SIGTERM');
  const { code, stderr, left } = await serving.ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(left).toEqual([]);
});

test('serve listens on the given port and the next one, and refuses a port that is taken', async () => {
  const { port, serving } = await serveOnFixedPorts();
  expect(await firstLine(serving)).toMatchObject({
    lambda: `http://127.0.0.1:${port}`,
    stepFunctions: `http://127.0.0.1:${port + 1}`,
  });
  const second = await powerdial('serve', '--recorded', recording, '--port', String(port));
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`${port} is taken`);
  serving.kill('SIGINT');
  expect((await serving.ended).code).toBe(0);
});

test.each([
  ['nothing to serve', [], /wanted something to serve/],
  [
    'everything that is wrong, together',
    ['--local', 'a=nobody.mjs', '--recorded', 'b=nobody.json'],
    /2 problems[^]*nobody\.mjs[^]*nobody\.json/,
  ],
  [
    'a name twice',
    ['--recorded', recording, '--recorded', `orders=${recording}`],
    /wanted every name once, "orders" is there twice/,
  ],
  ['a port that is none', ['--recorded', recording, '--port', '65535'], /--port/],
  ['a region that is none', ['--recorded', recording, '--region', 'moon'], /--region/],
])('serve refuses %s', async (_, args, said) => {
  const { code, stdout, stderr } = await powerdial('serve', ...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(said);
});

/** Others on the machine take ports as well: where one is taken, another is tried. */
async function serveOnFixedPorts(): Promise<{ readonly port: number; readonly serving: Running }> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const serving = start(['serve', '--recorded', recording, '--port', String(port), '-q']);
    try {
      await serving.firstLine;
      return { port, serving };
    } catch {
      expect((await serving.ended).stderr).toContain('is taken');
    }
  }
}
