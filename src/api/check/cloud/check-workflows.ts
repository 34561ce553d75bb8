import type { WorkflowCalls } from '../../../aws/workflow-calls.ts';
import { connectAws, type AwsConnection } from '../../shared/connect-aws.ts';
import { findWorkflow } from '../../shared/cloud/find-workflow.ts';
import { regionOfStatesArn } from '../../shared/cloud/region-of-states-arn.ts';
import { parseFunctionRef } from '../../../core/target/function-ref.ts';
import type { CheckSettings } from '../check-settings.ts';
import type { CheckSurroundings } from '../check-surroundings.ts';
import type { CheckedTarget } from '../checked-target.ts';

type Surroundings = Pick<CheckSurroundings, 'env' | 'emit'>;

/** A deployed workflow of checks, and the calls to its Step Functions. */
export interface CheckWorkflow {
  readonly arn: string;
  readonly calls: WorkflowCalls;
}

/** The deployed workflows of checks: looked for once in each region that functions are in. */
export class CheckWorkflows {
  readonly #settings: CheckSettings;
  readonly #surroundings: Surroundings;
  readonly #opened: WorkflowCalls[] = [];
  readonly #found = new Map<string, Promise<CheckWorkflow | null>>();
  readonly #connections = new Map<string, Promise<AwsConnection>>();

  constructor(settings: CheckSettings, surroundings: Surroundings) {
    this.#settings = settings;
    this.#surroundings = surroundings;
  }

  /**
   * The workflow that checks a function: the one of the region in its ARN, or of the caller's own.
   *
   * @returns `null`: the check is played here, with the caller's credentials
   * @throws {UsageError} where several are deployed
   */
  of({ head }: Pick<CheckedTarget, 'head'>): Promise<CheckWorkflow | null> {
    const region = parseFunctionRef(head.target)?.region ?? null;
    if (this.#settings.embedded === true) return Promise.resolve(null);
    const key = region ?? '';
    const known = this.#found.get(key) ?? this.#find(head);
    this.#found.set(key, known);
    return known;
  }

  /**
   * How AWS is reached for a function: in the region of its ARN, or the caller's own.
   *
   * @throws {UsageError} which names what has to be set
   */
  connection({ head }: Pick<CheckedTarget, 'head'>): Promise<AwsConnection> {
    const region = parseFunctionRef(head.target)?.region ?? null;
    const key = region ?? '';
    const known =
      this.#connections.get(key) ?? connectAws(this.#settings, this.#surroundings.env, region);
    this.#connections.set(key, known);
    return known;
  }

  close(): void {
    for (const calls of this.#opened) calls.close();
  }

  async #find(head: CheckedTarget['head']): Promise<CheckWorkflow | null> {
    const { stateMachine } = this.#settings;
    const { openCalls } = await import('../../shared/cloud/open-calls.ts');
    const connection = await this.connection({ head });
    const region =
      stateMachine === undefined ? null : regionOfStatesArn(stateMachine, 'stateMachine');
    const calls = openCalls(
      { ...connection, region: region ?? connection.region },
      this.#surroundings.env,
    );
    this.#opened.push(calls);
    if (stateMachine !== undefined) return { arn: stateMachine, calls };
    const say = (sentence: string): void => {
      this.#surroundings.emit({ kind: 'note', message: sentence });
    };
    const found = await findWorkflow(calls, 'check', say);
    if (found.kind === 'found') return { arn: found.arn, calls };
    say(`${found.why}. The check is played here, with your credentials.`);
    return null;
  }
}

/** Tells what `--state-machine` and `--embedded` are given and cannot mean. */
export function workflowProblems({
  stateMachine,
  embedded,
  local = [],
}: CheckSettings): readonly string[] {
  if (stateMachine === undefined) return [];
  return [
    ...(regionOfStatesArn(stateMachine, 'stateMachine') === null
      ? [
          `--state-machine: wanted the ARN of a state machine, it is ${JSON.stringify(stateMachine)}`,
        ]
      : []),
    ...(embedded === true ? ['--state-machine and --embedded: wanted one of them, got both'] : []),
    ...(local.length > 0
      ? ['--state-machine: --local handlers are checked here; leave it out']
      : []),
  ];
}
