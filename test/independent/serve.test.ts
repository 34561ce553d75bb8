import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type Running } from '../cli/powerdial.ts';
import { describeWithMoto, python } from './moto.ts';

interface Row {
  readonly asked: string;
  readonly wanted: string;
  readonly came: string;
  readonly good: boolean;
}

describeWithMoto('powerdial serve, asked by boto3', () => {
  let serving: Running;
  let groups: Readonly<Record<string, readonly Row[]>>;

  beforeAll(async () => {
    serving = start(['serve', '--recorded', 'examples/recorded/orders.json', '--seed', '7', '-q']);
    const { lambda, stepFunctions } = JSON.parse(await serving.firstLine) as {
      readonly lambda: string;
      readonly stepFunctions: string;
    };
    groups = python('ask_serve.py', [lambda, stepFunctions]) as typeof groups;
  });

  afterAll(async () => {
    serving.kill('SIGTERM');
    await serving.ended;
  });

  test.each([
    'functions are named as the API reference allows',
    'settings are changed under the bounds of the API model',
    "versions and aliases follow Lambda's laws",
    'what is attached to a function answers by its own exceptions',
    "invocations keep Lambda's limits and words",
    'executions start, end and are listed as Step Functions does it',
    'histories are paged both ways',
  ])('boto3 and powerdial serve agree: %s', (group) => {
    const rows = groups[group] ?? [];
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ good }) => !good)).toEqual([]);
  });

  test('every group of questions to powerdial serve has its test', () => {
    expect(Object.keys(groups)).toHaveLength(7);
  });
});
