import { isList } from '../src/contract/shared/json.ts';
import type { Node } from 'constructs';
import { nearest } from '../src/contract/shared/nearest.ts';

/** What `cdk deploy -c key=value` takes, with the meaning of each. */
export const CONTEXT_KEYS = {
  functions:
    'names or ARNs of the functions that may be tuned; `orders-*` is a pattern, `*` is all (none)',
  logGroups: 'log groups of functions that log elsewhere than to `/aws/lambda/<name>`',
  processors: 'functions that runs may call around each invocation',
  payloadBuckets: 'buckets that payloads may be read from',
  queues: 'names or ARNs of queues that trigger the functions, `*` for all',
  architecture:
    '`arm64` or `x86_64`, of the stages’ own functions, for regions without arm64 (`arm64`)',
  check: '`false` leaves the workflow of `powerdial check` out (`true`)',
  namePrefix: 'what names begin with, and the name of the stack (`powerdial`)',
  permissionsBoundary: 'name or ARN of a managed policy for every role',
  rolePath: 'path of every role, such as `/tools/`',
  vpcId: 'VPC that the stages run in; with `subnetIds`',
  subnetIds: 'subnets of that VPC',
  securityGroupIds: 'security groups of the stages (a new one)',
  kmsKeyArn: 'key for everything that is stored',
  logRetentionDays: 'how long logs are kept (30)',
  resultsRetentionDays: 'how long results are kept (90)',
  alarmTopicArn: 'SNS topic that is told when a function could not be put back',
} as const;

export type ContextKey = keyof typeof CONTEXT_KEYS;

/** The app's context, read and checked: every problem in one message. */
export class AppContext {
  readonly #node: Node;
  readonly #problems: string[] = [];

  constructor(node: Node) {
    this.#node = node;
    const known = Object.keys(CONTEXT_KEYS);
    // Context also holds CDK's own keys and other tools' keys: only near misses are mistakes.
    for (const key of Object.keys(node.getAllContext() as object)) {
      const meant = known.includes(key) ? null : nearest(key, known);
      if (meant !== null) this.#problems.push(`-c ${key}: did you mean ${meant}?`);
    }
  }

  /** `null` where it is not given. */
  text(key: ContextKey): string | null {
    const value: unknown = this.#node.tryGetContext(key);
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'string') return value;
    this.#problems.push(`-c ${key}: wanted a text, it is ${JSON.stringify(value)}`);
    return null;
  }

  /** From `a,b` on the command line, or a list in cdk.json. */
  list(key: ContextKey): readonly string[] {
    const value: unknown = this.#node.tryGetContext(key);
    const items: readonly unknown[] = isList(value) ? value : (this.text(key)?.split(',') ?? []);
    return items.map((item) => String(item).trim()).filter((item) => item !== '');
  }

  /** A whole number of at least 1, `null` where it is not given. */
  wholeNumber(key: ContextKey): number | null {
    const value: unknown = this.#node.tryGetContext(key);
    if (value === undefined || value === null || value === '') return null;
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1) return number;
    this.#problems.push(`-c ${key}: wanted a whole number, it is ${JSON.stringify(value)}`);
    return null;
  }

  /** `true` or `false`, `null` where it is not given. */
  flag(key: ContextKey): boolean | null {
    const value: unknown = this.#node.tryGetContext(key);
    if (value === undefined || value === null || value === '') return null;
    // A boolean in cdk.json, a text on the command line.
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    this.#problems.push(`-c ${key}: wanted true or false, it is ${JSON.stringify(value)}`);
    return null;
  }

  problem(sentence: string): void {
    this.#problems.push(sentence);
  }

  /** @throws {ContextError} with all problems found so far, if there are any */
  refuseProblems(): void {
    if (this.#problems.length > 0) throw new ContextError(this.#problems.join('\n'));
  }
}

/** The app's context cannot be used: for people, so without a stack trace. */
export class ContextError extends Error {
  override readonly name = 'ContextError';
}
