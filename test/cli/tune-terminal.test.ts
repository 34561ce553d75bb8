import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { cloud, STUCK_IN_MEASURE, type Cloud } from './cloud-fixture.ts';
import { startOnTerminal, type OnTerminal } from './pseudo-terminal.ts';

const ARGS = ['tune', TARGET_NAME, '--memory', '128,512', '--invocations', '5'] as const;
const CTRL_C = '\u0003';

describe.skipIf(!inject('machine').terminal)('on a terminal', () => {
  let aws: Cloud;
  let before: unknown;

  beforeEach(async () => {
    aws = await cloud({ lambda: STUCK_IN_MEASURE });
    before = await aws.snapshot();
  });

  afterEach(async () => {
    await aws.close();
  });

  async function executionArns(): Promise<readonly string[]> {
    const [stateMachineArn] = aws.stateMachineArns;
    const { executions = [] } = await aws.client.send(
      new ListExecutionsCommand({ stateMachineArn }),
    );
    return executions.map(({ executionArn = '' }) => executionArn);
  }

  test.each([
    ['no', 'n\r', 2],
    ['nothing', '\r', 2],
    ['Ctrl-C', CTRL_C, 130],
  ])('asked whether to go on, the answer is %s: nothing is started', async (_, keys, wanted) => {
    const terminal = startOnTerminal(ARGS, aws.env);
    await terminal.shows('at most 21 times, for at most 1 USD');
    await terminal.shows('Go on? [y/N]');
    terminal.type(keys);
    expect((await terminal.ended).code).toBe(wanted);
    expect(await executionArns()).toEqual([]);
  });

  test('with --apply the question names what it would change, from what to what, and no leaves it', async () => {
    const terminal = startOnTerminal([...ARGS, '--apply', '--apply-timeout'], aws.env);
    await terminal.shows('Go on? [y/N]');
    terminal.type('n\r');
    const { code, shown } = await terminal.ended;
    // The function has 512 MB and 30 s.
    expect(shown.replaceAll('\r\n', '\n')).toContain(
      'Where it recommends a change, it sets the memory of $LATEST from 512 MB to the recommended size (128 MB to 512 MB) and its timeout from 30 s to the recommended one.\n',
    );
    expect(code).toBe(2);
    expect(await executionArns()).toEqual([]);
    expect(await aws.snapshot()).toEqual(before);
  });

  async function interruptedInMeasure(): Promise<[OnTerminal, string]> {
    const terminal = startOnTerminal(ARGS, aws.env);
    await terminal.shows('Go on? [y/N]');
    terminal.type('y\r');
    await terminal.shows('console.aws.amazon.com');
    await terminal.shows('measuring');
    const [arn = ''] = await executionArns();
    await aws.entered(arn, 'Measure');
    terminal.type(CTRL_C);
    await terminal.shows('Stop the run? It goes on in AWS otherwise. [y/N]');
    return [terminal, arn];
  }

  async function status(executionArn: string): Promise<string | undefined> {
    return (await aws.client.send(new DescribeExecutionCommand({ executionArn }))).status;
  }

  test.each([
    ['no', 'n\r'],
    ['Ctrl-C again', CTRL_C],
  ])('Ctrl-C, and then %s: the run goes on, and how to follow it is said', async (_, keys) => {
    const [terminal, arn] = await interruptedInMeasure();
    terminal.type(keys);
    const { code, shown } = await terminal.ended;
    expect(shown.replaceAll('\r\n', '\n')).toContain(
      `goes on without you. Follow it again: powerdial tune --attach ${arn}\n`,
    );
    expect(code).toBe(130);
    expect(await status(arn)).toBe('RUNNING');
  });

  test('Ctrl-C, and then yes: the run is stopped and the function put back', async () => {
    const [terminal, arn] = await interruptedInMeasure();
    terminal.type('y\r');
    const { code, shown } = await terminal.ended;
    expect(shown).toContain('Stopped; orders is as it was.');
    expect(code).toBe(130);
    expect(await status(arn)).toBe('ABORTED');
    expect(await aws.snapshot()).toEqual(before);
  });
});
