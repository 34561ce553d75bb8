import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alarmSnippet } from '../../src/words/advice/alarm-snippet.ts';

const DURATION = {
  functionName: 'orders-api',
  project: null,
  logicalId: null,
  periodSeconds: 60,
  periods: 15,
  thresholdMs: 4000,
  statistic: 'p90',
  timeoutSeconds: 6,
} as const;
const AGE = {
  functionName: 'orders-api',
  project: null,
  logicalId: null,
  periodSeconds: 60,
  periods: 5,
  thresholdMs: 30_000,
  statistic: 'Maximum',
} as const;

test('a template of CloudFormation names the function where its logical ID is not known', () => {
  expect(alarmSnippet(DURATION)).toEqual({
    project: 'cloudformation',
    language: 'yaml',
    text: `Resources:
  OrdersApiDurationAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: "orders-api: p90 of its durations approaches the timeout"
      Namespace: AWS/Lambda
      MetricName: Duration
      Dimensions:
        - Name: FunctionName
          Value: "orders-api"
      ExtendedStatistic: p90
      Period: 60
      EvaluationPeriods: 15
      DatapointsToAlarm: 15
      Threshold: 4000
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching`,
  });
});

test('a template of SAM refers to the function', () => {
  const { text } = alarmSnippet({ ...AGE, project: 'sam', logicalId: 'OrdersFunction' });
  expect(text).toContain('  OrdersFunctionIteratorAgeAlarm:\n');
  expect(text).toContain('          Value: !Ref OrdersFunction\n');
  expect(text).toContain('      Statistic: Maximum\n');
  expect(text).not.toContain('ExtendedStatistic');
});

test('serverless.yml has resources of CloudFormation one level deeper', () => {
  const { text, language } = alarmSnippet({
    ...DURATION,
    project: 'serverless',
    logicalId: 'OrdersLambdaFunction',
  });
  expect(language).toBe('yaml');
  expect(text).toMatch(/^resources:\n {2}Resources:\n {4}OrdersLambdaFunctionDurationAlarm:\n/);
});

test('an app of the CDK has the construct for durations, and an alarm for the age of records', () => {
  expect(alarmSnippet({ ...DURATION, project: 'cdk' }).text)
    .toBe(`import { Duration } from 'aws-cdk-lib';
import { DurationAlarm } from 'powerdial/cdk';

// \`fn\` is the construct of "orders-api".
new DurationAlarm(this, 'DurationAlarm', {
  function: fn,
  threshold: Duration.millis(4000),
});`);
  expect(alarmSnippet({ ...AGE, project: 'cdk' }).text).toContain(
    "metric: fn.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),",
  );
});

test('Terraform gets a resource whose name it takes', () => {
  expect(alarmSnippet({ ...DURATION, functionName: '2nd-api', project: 'terraform' })).toEqual({
    project: 'terraform',
    language: 'hcl',
    text: `resource "aws_cloudwatch_metric_alarm" "_2nd_api_duration" {
  alarm_name          = "2nd-api-duration"
  alarm_description   = "2nd-api: p90 of its durations approaches the timeout"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = "2nd-api" }
  extended_statistic  = "p90"
  period              = 60
  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 4000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
}`,
  });
  const age = alarmSnippet({ ...AGE, project: 'terraform' }).text;
  expect(age).toContain('"orders_api_iterator_age"');
  expect(age).toMatch(/ {2}statistic +=/);
  expect(age).not.toContain('extended_statistic');
});

/** `!Ref` as CloudFormation writes it at length. */
const REF = { tag: '!Ref', resolve: (name: string) => ({ Ref: name }) };

test.each([
  ['cloudformation', 'Orders'],
  ['sam', 'OrdersFunction'],
  ['serverless', 'OrdersLambdaFunction'],
] as const)('what a project of %s gets is YAML with one alarm', (project, logicalId) => {
  const facts = { ...DURATION, functionName: 'it\'s "odd": #1', project, logicalId };
  const parsed = parse(alarmSnippet(facts).text, { customTags: [REF] }) as {
    readonly resources?: object;
  };
  expect(project === 'serverless' ? parsed.resources : parsed).toMatchObject({
    Resources: {
      [`${logicalId}DurationAlarm`]: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmDescription: 'it\'s "odd": #1: p90 of its durations approaches the timeout',
          Dimensions: [{ Name: 'FunctionName', Value: { Ref: logicalId } }],
          ExtendedStatistic: 'p90',
          Threshold: 4000,
        },
      },
    },
  });
});
