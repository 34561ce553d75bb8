import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { powerdial, scratch, start } from './powerdial.ts';

const { file, remove } = scratch();

afterAll(remove);

const CODE = file(
  'app.mjs',
  'export const handler = async () => { console.log(process.env.SECRET); return [process.env.STAGE, process.env.AWS_LAMBDA_FUNCTION_NAME]; };',
);
const template = (memory: number): string =>
  file(
    `template-${memory}.yaml`,
    `Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: ${path.parse(CODE).name}.handler
      Runtime: nodejs22.x
      MemorySize: ${memory}
      Timeout: 11
      Environment: { Variables: { STAGE: local, SECRET: not-to-be-seen, TABLE: !Ref Table } }
`,
  );

test('tune --template measures the only function at the setting of its template, and shows no value of it', async () => {
  const { code, stdout, stderr, left } = await powerdial(
    ...['tune', '--template', template(384), '--memory', '384,512', '--invocations', '5'],
    ...['--json', '--verbose'],
  );
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as Result;
  expect(result).toMatchObject({
    emulated: true,
    current: { memoryMb: 384, timeoutSeconds: 11 },
  });
  expect(result.target.function).toMatch(/:function:Orders$/);
  expect(stderr).toMatch(/Orders runs without TABLE \(/);
  expect(stderr).toContain('[SECRET]');
  expect(stdout + stderr).not.toContain('not-to-be-seen');
  expect(left).toEqual([]);
});

test('check --template plans the base and the head of two templates', async () => {
  const { code, stderr } = await powerdial(
    ...['check', '--template', template(256), '--template', template(384), '--dry-run'],
  );
  expect(stderr).toMatch(/Orders/);
  expect(code).toBe(0);
});

test('serve --template offers the functions of a template by their names', async () => {
  const running = start(['serve', '--template', template(256), '--quiet']);
  const { lambda } = JSON.parse(await running.firstLine) as { readonly lambda: string };
  const reply = await fetch(`${lambda}/2015-03-31/functions/Orders/invocations`, {
    method: 'POST',
    body: '{}',
  });
  expect(await reply.json()).toEqual(['local', 'Orders']);
  running.kill('SIGINT');
  expect((await running.ended).left).toEqual([]);
});
