import { Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { expect, test, vi } from 'vitest';
import { DurationAlarm, type DurationAlarmProps } from '../../infra/index.ts';
import { PATIENCE_MS } from './patience.ts';
import { SynthesizedStack } from './synthesized.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

function orders(scope: Construct, timeout?: Duration): LambdaFunction {
  return new LambdaFunction(scope, 'Orders', {
    functionName: 'orders',
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
    ...(timeout === undefined ? {} : { timeout }),
  });
}

function alarmOf(timeout: Duration | undefined, props: Partial<DurationAlarmProps> = {}) {
  const stack = new SynthesizedStack((scope) => {
    new DurationAlarm(scope, 'Alarm', { function: orders(scope, timeout), ...props });
  });
  return stack.only('AWS::CloudWatch::Alarm');
}

// "Recommended alarms", CloudWatch User Guide: p90 of Duration, a period of 60 s, 15 of 15.
test('DurationAlarm is the alarm on durations that AWS recommends', () => {
  expect(alarmOf(Duration.seconds(6), { threshold: Duration.seconds(4) })).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Dimensions: [{ Name: 'FunctionName', Value: expect.anything() as unknown }],
    ExtendedStatistic: 'p90',
    Period: 60,
    EvaluationPeriods: 15,
    DatapointsToAlarm: 15,
    Threshold: 4000,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test.each([
  [Duration.seconds(6), 4000],
  // Lambda's own timeout is 3 s.
  [undefined, 2000],
])('without a threshold it is two thirds of the timeout (%s: %i ms)', (timeout, threshold) => {
  expect(alarmOf(timeout)).toMatchObject({ Threshold: threshold });
});

test("DurationAlarm refuses a threshold that is not below the function's timeout", () => {
  expect(() => alarmOf(Duration.seconds(6), { threshold: Duration.seconds(6) })).toThrow(
    "wanted a threshold below the function's timeout of 6 seconds, it is 6 seconds",
  );
});

test('DurationAlarm wants a threshold for a function that the app only imports', () => {
  const make = (props: Partial<DurationAlarmProps>) =>
    new SynthesizedStack((scope) => {
      const target = LambdaFunction.fromFunctionName(scope, 'Orders', 'orders');
      new DurationAlarm(scope, 'Alarm', { function: target, ...props });
    }).only('AWS::CloudWatch::Alarm');
  expect(() => make({})).toThrow('wanted a threshold');
  expect(make({ threshold: Duration.seconds(4) })).toMatchObject({
    Threshold: 4000,
    Dimensions: [{ Name: 'FunctionName', Value: 'orders' }],
  });
});

test('DurationAlarm takes its actions on ALARM and on OK', () => {
  const stack = new SynthesizedStack((scope) => {
    const actions = [new SnsAction(new Topic(scope, 'Topic'))];
    new DurationAlarm(scope, 'Alarm', { function: orders(scope), actions });
  });
  const { AlarmActions, OKActions } = stack.only('AWS::CloudWatch::Alarm');
  expect(AlarmActions).toHaveLength(1);
  expect(OKActions).toEqual(AlarmActions);
});
