import type { EmbeddedExecution } from './embedded-execution.ts';
import { EmbeddedStateMachine } from './embedded-state-machine.ts';
import { executionNotFound, machineNotFound } from './sfn-exception.ts';
import { parseStatesArn, StatesArns } from './states-arns.ts';
import type { WorkflowOffer } from './workflow-offer.ts';

/** All that the endpoint holds: its state machines with their executions. */
export class StatesAccount {
  readonly #machines: readonly EmbeddedStateMachine[];

  constructor(offers: readonly WorkflowOffer[], region: string, accountId: string) {
    const arns = new StatesArns(region, accountId);
    const statusOf = (arn: string) => this.#find(arn)?.status ?? null;
    this.#machines = offers.map((offer) => new EmbeddedStateMachine(offer, arns, statusOf));
  }

  /** Sorted by name. */
  machines(): readonly EmbeddedStateMachine[] {
    return this.#machines.toSorted((a, b) => (a.offer.name < b.offer.name ? -1 : 1));
  }

  /** @throws {SfnException} InvalidArn or StateMachineDoesNotExist */
  machine(arn: string): EmbeddedStateMachine {
    parseStatesArn(arn, 'stateMachine');
    const found = this.#machines.find((machine) => machine.arn === arn);
    if (found === undefined) throw machineNotFound(arn);
    return found;
  }

  /** @throws {SfnException} InvalidArn or ExecutionDoesNotExist */
  execution(arn: string): EmbeddedExecution {
    parseStatesArn(arn, 'execution');
    const found = this.#find(arn);
    if (found === undefined) throw executionNotFound(arn);
    return found;
  }

  /** Stops what runs and waits for what follows; hands out what went wrong in that. */
  async settle(): Promise<readonly unknown[]> {
    const executions = this.#machines.flatMap((machine) => machine.executions());
    await Promise.all(executions.map((execution) => execution.stop({})));
    const finished = await Promise.allSettled(executions.map((execution) => execution.finished));
    return finished.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  }

  #find(executionArn: string): EmbeddedExecution | undefined {
    const name = executionArn.slice(executionArn.lastIndexOf(':') + 1);
    return this.#machines
      .map((machine) => machine.execution(name))
      .find((execution) => execution?.start.arn === executionArn);
  }
}
