import { invalidArn } from './sfn-exception.ts';

/** An ARN of Step Functions, taken apart as far as this endpoint tells resources apart. */
export interface StatesArn {
  readonly arn: string;
  readonly kind: string;
  /** What follows the kind: a state machine's name, or `machine:execution`. */
  readonly name: string;
}

/** The names that things have in the account that the endpoint plays. */
export class StatesArns {
  readonly region: string;
  readonly accountId: string;

  constructor(region: string, accountId: string) {
    this.region = region;
    this.accountId = accountId;
  }

  machine(name: string): string {
    return this.#states('stateMachine', name);
  }

  execution(machine: string, name: string): string {
    return this.#states('execution', `${machine}:${name}`);
  }

  role(name: string): string {
    return `arn:aws:iam::${this.accountId}:role/${name}`;
  }

  #states(kind: string, name: string): string {
    return `arn:aws:states:${this.region}:${this.accountId}:${kind}:${name}`;
  }
}

/**
 * Takes an ARN of Step Functions apart.
 *
 * @param kind what the operation takes: `stateMachine` or `execution`
 * @throws {SfnException} InvalidArn
 */
export function parseStatesArn(arn: string, kind: string): StatesArn {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service, , , found = '', ...name] = arn.split(':');
  if (service !== 'states') throw invalidArn(`Service not valid: ${service ?? ''}`);
  if (found !== kind || name.length === 0) {
    throw invalidArn(`Resource type not valid in this context: ${found}`);
  }
  return { arn, kind, name: name.join(':') };
}
