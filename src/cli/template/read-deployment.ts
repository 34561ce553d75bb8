import { LOG_RETENTION_DAYS } from '../../contract/shared/log-retention.ts';
import { isNamePrefix, NAME_PREFIX_RULE } from '../../contract/shared/name-prefix.ts';
import { WORKFLOW_NAME_PREFIX } from '../../contract/shared/tuner.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { Deployment, DeploymentVpc } from './deployment.ts';
import type { TemplateOptions } from './template-options.ts';

/**
 * Returns what the options name, checked: CloudFormation would refuse it minutes later and in other words.
 *
 * @throws {UsageError} with every problem together
 */
export function readDeployment(options: TemplateOptions): Deployment {
  const read = new OptionReader();
  if (options.functions === undefined && options.sam !== true) {
    read.problems.push(
      "--functions: wanted the functions that may be tuned, such as --functions orders,invoices; all of them are --functions '*'",
    );
  }
  const deployment: Deployment = {
    functions: read.list('--functions', options.functions, FUNCTION),
    logGroups: read.list('--log-groups', options.logGroups, LOG_GROUP),
    processors: read.list('--processors', options.processors, FUNCTION),
    payloadBuckets: read.list('--payload-buckets', options.payloadBuckets, BUCKET),
    queues: read.list('--queues', options.queues, QUEUE),
    architecture: options.architecture ?? null,
    check: options.check ?? true,
    namePrefix: read.namePrefix(options.namePrefix),
    permissionsBoundary: read.text('--permissions-boundary', options.permissionsBoundary, POLICY),
    rolePath: read.text('--role-path', options.rolePath, PATH),
    vpc: readVpc(read, options),
    kmsKeyArn: read.text('--kms-key-arn', options.kmsKeyArn, KEY),
    logRetentionDays: read.retention(options.logRetentionDays),
    resultsRetentionDays: read.days('--results-retention-days', options.resultsRetentionDays),
    alarmTopicArn: read.text('--alarm-topic-arn', options.alarmTopicArn, TOPIC),
  };
  if (read.problems.length > 0) throw new UsageError(read.problems);
  return deployment;
}

interface Rule {
  readonly wanted: string;
  readonly pattern: RegExp;
}

const FUNCTION: Rule = {
  wanted: 'names or ARNs of functions',
  pattern: /^(?:[\w*-]{1,64}|arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w*-]{1,64}(?::[\w$-]+)?)$/,
};
const LOG_GROUP: Rule = { wanted: 'names of log groups', pattern: /^[\w./#*-]{1,512}$/ };
const BUCKET: Rule = {
  wanted: 'names of buckets',
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
};
const QUEUE: Rule = {
  wanted: 'names or ARNs of queues',
  pattern: /^(?:arn:[\w-]+:sqs:[\w-]+:\d{12}:)?[\w*-]{1,80}(?:\.fifo)?$/,
};
const POLICY: Rule = {
  wanted: 'the name or ARN of a managed policy',
  pattern: /^(?:arn:[\w-]+:iam::(?:\d{12}|aws):policy\/)?[\w+=,.@/-]+$/,
};
const PATH: Rule = {
  wanted: 'a path that begins and ends with a slash',
  pattern: /^\/(?:[\x21-\x7e]+\/)*$/,
};
const KEY: Rule = {
  wanted: 'the ARN of a key, and not of an alias',
  pattern: /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
};
const TOPIC: Rule = {
  wanted: 'the ARN of an SNS topic',
  pattern: /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?$/,
};
const VPC: Rule = { wanted: 'the id of a VPC', pattern: /^vpc-[0-9a-f]+$/ };
const SUBNET: Rule = { wanted: 'ids of subnets', pattern: /^subnet-[0-9a-f]+$/ };
const GROUP: Rule = { wanted: 'ids of security groups', pattern: /^sg-[0-9a-f]+$/ };

/** Reads options one by one and keeps what is wrong with them. */
class OptionReader {
  readonly problems: string[] = [];

  list(option: string, given: string | undefined, rule: Rule): readonly string[] {
    if (given === undefined) return [];
    const items = given.split(',').map((item) => item.trim());
    const found = items.filter((item) => item !== '');
    if (found.length === 0) this.#wrong(option, rule.wanted, given);
    for (const item of found) if (!rule.pattern.test(item)) this.#wrong(option, rule.wanted, item);
    return found;
  }

  text(option: string, given: string | undefined, rule: Rule): string | null {
    if (given === undefined) return null;
    if (!rule.pattern.test(given)) this.#wrong(option, rule.wanted, given);
    return given;
  }

  namePrefix(given: string | undefined): string {
    if (given === undefined) return WORKFLOW_NAME_PREFIX;
    if (!isNamePrefix(given)) this.#wrong('--name-prefix', NAME_PREFIX_RULE, given);
    return given;
  }

  days(option: string, given: string | undefined): number | null {
    if (given === undefined) return null;
    if (!/^[1-9]\d{0,5}$/.test(given)) this.#wrong(option, 'a whole number of days', given);
    return Number(given);
  }

  retention(given: string | undefined): number | null {
    if (given === undefined || LOG_RETENTION_DAYS.includes(Number(given))) {
      return given === undefined ? null : Number(given);
    }
    const periods = `one of CloudWatch's periods (${LOG_RETENTION_DAYS.join(', ')})`;
    this.#wrong('--log-retention-days', periods, given);
    return null;
  }

  #wrong(option: string, wanted: string, given: string): void {
    this.problems.push(`${option}: wanted ${wanted}, it is ${JSON.stringify(given)}`);
  }
}

function readVpc(read: OptionReader, options: TemplateOptions): DeploymentVpc | null {
  const vpcId = read.text('--vpc-id', options.vpcId, VPC);
  const subnetIds = read.list('--subnet-ids', options.subnetIds, SUBNET);
  const securityGroupIds = read.list('--security-group-ids', options.securityGroupIds, GROUP);
  if (vpcId === null) {
    const [alone] = [
      ...(subnetIds.length > 0 ? ['--subnet-ids'] : []),
      ...(securityGroupIds.length > 0 ? ['--security-group-ids'] : []),
    ];
    if (alone !== undefined) read.problems.push(`${alone}: wanted --vpc-id beside it`);
    return null;
  }
  if (subnetIds.length === 0) read.problems.push('--vpc-id: wanted --subnet-ids beside it');
  return { vpcId, subnetIds, securityGroupIds };
}
