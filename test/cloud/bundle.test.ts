import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STAGES } from '../../src/contract/tune/stages.ts';
import { STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import {
  createProcessHost,
  type LambdaEndpoint,
  locateHandler,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from '../flow/embedded-target.ts';

let target: EmbeddedTarget;
let stages: LambdaEndpoint;
let client: LambdaClient;

const RUN = { id: 'run-1', executionArn: 'embedded:run-1', startedAt: '2026-11-21T12:00:00.000Z' };

/** The bundle as it is deployed, as functions whose processes reach the target by HTTP. */
beforeAll(async () => {
  target = await embeddedTarget({ definition: { region: 'eu-west-1' } });
  const located = await locateHandler(path.resolve('dist/lambda/index.mjs'));
  if (located.kind === 'problem') throw new Error(`${located.message} Run npm run build:cloud.`);
  const host = await createProcessHost({ handler: located.location });
  const stage = (name: string, variable: string) => ({
    name,
    host,
    memoryMb: 1769,
    timeoutSeconds: 60,
    architecture: 'arm64' as const,
    runtime: 'nodejs24.x',
    region: 'eu-west-1',
    environment: {
      [STAGE_VARIABLE]: variable,
      AWS_ENDPOINT_URL_LAMBDA: target.url,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
    },
  });
  stages = await startLambdaEndpoint({
    functions: [stage('Inspect', 'Inspect'), stage('Wrong', 'Inspekt')],
  });
  client = new LambdaClient({
    endpoint: stages.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
});

afterAll(async () => {
  client.destroy();
  await stages.close();
  await target.close();
});

async function inspect(input: unknown, name = 'Inspect') {
  const state = { run: RUN, input, maxRunSeconds: 86_400 };
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: name,
      LogType: 'Tail',
      Payload: Buffer.from(JSON.stringify(state)),
    }),
  );
  return {
    failed: answer.FunctionError !== undefined,
    payload: JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as Record<string, unknown>,
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

/** The lines that the stage wrote itself, as JSON. */
function linesOf(log: string): readonly Record<string, unknown>[] {
  return log.split('\n').flatMap((line) => {
    const at = line.indexOf('{"level"');
    return at === -1 ? [] : [JSON.parse(line.slice(at)) as Record<string, unknown>];
  });
}

test('the bundle runs a stage: parsed in, parsed out, with facts in the log', async () => {
  const { failed, payload, log } = await inspect({ function: TARGET_NAME, dryRun: true });
  expect(failed).toBe(false);
  expect(STAGES.Inspect.returns.parse(payload)).toEqual(payload);
  const lines = linesOf(log);
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ['INFO', 'Inspect starts'],
    ['INFO', 'Inspect is through'],
  ]);
  for (const line of lines) {
    expect(line).toMatchObject({ service: 'powerdial', stage: 'Inspect', run: 'run-1' });
    expect(line['function_request_id']).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(lines[1]).toMatchObject({
    functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${TARGET_NAME}`,
    memoryMb: 512,
    timeoutSeconds: 30,
  });
});

test('payloads are in the log only where the input asks for it', async () => {
  const input = { function: TARGET_NAME, dryRun: true, payload: { card: '4111-1111' } };
  expect((await inspect(input)).log).not.toContain('4111-1111');
  const { log } = await inspect({ ...input, logPayloads: true });
  expect(linesOf(log)[0]).toMatchObject({ payload: { card: '4111-1111' } });
});

test('an error keeps its name, and its facts are in the log without a stack trace', async () => {
  const { failed, payload, log } = await inspect({ function: 'nobody', dryRun: true });
  expect(failed).toBe(true);
  expect(payload['errorType']).toBe('TargetNotFound');
  expect(linesOf(log).at(-1)).toMatchObject({
    level: 'WARN',
    message: 'Inspect failed',
    error: { name: 'TargetNotFound', facts: { function: 'nobody' } },
  });
});

test('a function that is set up wrongly says so when it starts', async () => {
  const { failed, payload } = await inspect({ function: TARGET_NAME }, 'Wrong');
  expect(failed).toBe(true);
  expect(payload['errorMessage']).toMatch(/wanted POWERDIAL_STAGE to be one of .*, it is Inspekt/);
});
