import type { Json } from '../../contract/shared/json.ts';
import { MOST_STATE_BYTES } from '../../contract/shared/state-size.ts';
import { EmbeddedExecution } from './embedded-execution.ts';
import { constraint, executionExists, invalidInput, invalidName } from './sfn-exception.ts';
import type { StatesArns } from './states-arns.ts';
import type { OpenedExecution, WorkflowOffer } from './workflow-offer.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

const MOST_NAME_LENGTH = 80;
/** White space, brackets, wildcards, special and control characters (API reference, StartExecution). */
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]/u;

/** One state machine with its executions, the latest last. */
export class EmbeddedStateMachine {
  readonly offer: WorkflowOffer;
  readonly arn: string;
  readonly roleArn: string;
  readonly createdAtMs = Date.now();
  readonly #arns: StatesArns;
  readonly #statusOf: OpenedExecution['statusOf'];
  readonly #executions = new Map<string, EmbeddedExecution>();

  constructor(offer: WorkflowOffer, arns: StatesArns, statusOf: OpenedExecution['statusOf']) {
    this.offer = offer;
    this.arn = arns.machine(offer.name);
    this.roleArn = arns.role(offer.name);
    this.#arns = arns;
    this.#statusOf = statusOf;
  }

  executions(): readonly EmbeddedExecution[] {
    return [...this.#executions.values()];
  }

  execution(name: string): EmbeddedExecution | undefined {
    return this.#executions.get(name);
  }

  /**
   * Starts an execution; the same name and input while it runs is the same execution.
   *
   * @throws {SfnException}
   */
  startExecution(name: string, inputText: string): EmbeddedExecution {
    checkName(name);
    const input = readInput(inputText);
    const existing = this.#executions.get(name);
    if (existing !== undefined) {
      if (existing.status === 'RUNNING' && existing.start.inputText === inputText) return existing;
      throw executionExists(existing.start.arn);
    }
    const execution = new EmbeddedExecution({
      offer: this.offer,
      arn: this.#arns.execution(this.offer.name, name),
      machineArn: this.arn,
      roleArn: this.roleArn,
      name,
      inputText,
      input,
      statusOf: this.#statusOf,
    });
    this.#executions.set(name, execution);
    return execution;
  }
}

function checkName(name: string): void {
  if (name.length > MOST_NAME_LENGTH) {
    const rule = `Member must have length less than or equal to ${MOST_NAME_LENGTH}`;
    throw constraint('name', name, rule);
  }
  if (name === '' || FORBIDDEN_IN_NAMES.test(name)) throw invalidName(name);
}

function readInput(text: string): Json {
  if (Buffer.byteLength(text) > MOST_STATE_BYTES) {
    throw invalidInput(`Input must have at most ${MOST_STATE_BYTES} bytes in UTF-8`);
  }
  if (text.trim() === '') throw invalidInput('Invalid execution input.');
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // AWS prints its own parser's words here, which differ from one mistake to the next.
    throw invalidInput(messageOf(error));
  }
}
