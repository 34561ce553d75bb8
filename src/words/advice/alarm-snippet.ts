import type { Project } from '../../contract/tune/advice.ts';
import type { AlarmFacts } from './alarm-sentences.ts';

/** Code that sets an alarm, as a project of that kind has it. */
export interface Snippet {
  readonly project: Project;
  /** Of a fenced block of Markdown. */
  readonly language: 'yaml' | 'typescript' | 'hcl';
  readonly text: string;
}

/** Returns an alarm in the words of the project; in CloudFormation's where nobody knows of which kind it is. */
export function alarmSnippet(facts: AlarmFacts): Snippet {
  const project = facts.project ?? 'cloudformation';
  switch (project) {
    case 'cloudformation':
    case 'sam':
      return { project, language: 'yaml', text: template(facts) };
    case 'serverless':
      return { project, language: 'yaml', text: `resources:\n${indent(template(facts))}` };
    case 'cdk':
      return { project, language: 'typescript', text: construct(facts) };
    case 'terraform':
      return { project, language: 'hcl', text: resource(facts) };
  }
}

/** The metric, and the key that its statistic has: percentiles have one of their own in all templates. */
function metricOf(facts: AlarmFacts) {
  return facts.statistic === 'p90'
    ? { name: 'Duration', isPercentile: true, about: 'p90 of its durations approaches the timeout' }
    : { name: 'IteratorAge', isPercentile: false, about: 'records of its stream wait' };
}

function template(facts: AlarmFacts): string {
  const { logicalId, functionName, statistic, periodSeconds, periods, thresholdMs } = facts;
  const { name, isPercentile, about } = metricOf(facts);
  const id = logicalId ?? pascal(functionName);
  const reference = logicalId === null ? JSON.stringify(functionName) : `!Ref ${logicalId}`;
  return [
    'Resources:',
    `  ${id}${name}Alarm:`,
    '    Type: AWS::CloudWatch::Alarm',
    '    Properties:',
    `      AlarmDescription: ${JSON.stringify(`${functionName}: ${about}`)}`,
    '      Namespace: AWS/Lambda',
    `      MetricName: ${name}`,
    '      Dimensions:',
    '        - Name: FunctionName',
    `          Value: ${reference}`,
    `      ${isPercentile ? 'ExtendedStatistic' : 'Statistic'}: ${statistic}`,
    `      Period: ${periodSeconds}`,
    `      EvaluationPeriods: ${periods}`,
    `      DatapointsToAlarm: ${periods}`,
    `      Threshold: ${thresholdMs}`,
    '      ComparisonOperator: GreaterThanThreshold',
    '      TreatMissingData: notBreaching',
  ].join('\n');
}

function construct(facts: AlarmFacts): string {
  const { functionName, periods, thresholdMs, statistic } = facts;
  const { name, isPercentile } = metricOf(facts);
  const comment = `// \`fn\` is the construct of ${JSON.stringify(functionName)}.`;
  return isPercentile
    ? [
        "import { Duration } from 'aws-cdk-lib';",
        "import { DurationAlarm } from 'powerdial/cdk';",
        '',
        comment,
        `new DurationAlarm(this, '${name}Alarm', {`,
        '  function: fn,',
        `  threshold: Duration.millis(${thresholdMs}),`,
        '});',
      ].join('\n')
    : [
        "import { Duration } from 'aws-cdk-lib';",
        "import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';",
        '',
        comment,
        `new Alarm(this, '${name}Alarm', {`,
        `  metric: fn.metric('${name}', { statistic: '${statistic}', period: Duration.minutes(1) }),`,
        `  threshold: ${thresholdMs},`,
        `  evaluationPeriods: ${periods},`,
        '  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,',
        '  treatMissingData: TreatMissingData.NOT_BREACHING,',
        '});',
      ].join('\n');
}

function resource(facts: AlarmFacts): string {
  const { functionName, statistic, periodSeconds, periods, thresholdMs } = facts;
  const { name, isPercentile, about } = metricOf(facts);
  const kind = name === 'Duration' ? 'duration' : 'iterator_age';
  const rows: readonly (readonly [string, string])[] = [
    ['alarm_name', JSON.stringify(`${functionName}-${kind.replace('_', '-')}`)],
    ['alarm_description', JSON.stringify(`${functionName}: ${about}`)],
    ['namespace', '"AWS/Lambda"'],
    ['metric_name', `"${name}"`],
    ['dimensions', `{ FunctionName = ${JSON.stringify(functionName)} }`],
    [isPercentile ? 'extended_statistic' : 'statistic', `"${statistic}"`],
    ['period', String(periodSeconds)],
    ['evaluation_periods', String(periods)],
    ['datapoints_to_alarm', String(periods)],
    ['threshold', String(thresholdMs)],
    ['comparison_operator', '"GreaterThanThreshold"'],
    ['treat_missing_data', '"notBreaching"'],
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  return [
    `resource "aws_cloudwatch_metric_alarm" "${snake(functionName)}_${kind}" {`,
    ...rows.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`),
    '}',
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** `orders-api` is `OrdersApi`: logical IDs are letters and digits. */
function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `Orders-Api` is `orders_api`: names of Terraform do not begin with a digit. */
function snake(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
}
