import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Duration } from 'aws-cdk-lib';
import { functionSeconds } from '../src/contract/shared/task-time.ts';
import type { WorkflowKind } from '../src/contract/shared/tuner.ts';

/** The workflow as its file says it. The same file is played on one machine. */
export interface WorkflowDefinition {
  readonly text: string;
  /** The timeout of a stage's function, which is somewhat shorter than that of its Task. */
  readonly functionTimeoutOf: (state: string) => Duration;
}

/** Reads `state-machine/<kind>.asl.json`, found through the package's import map. */
export function workflowDefinition(kind: WorkflowKind): WorkflowDefinition {
  const path = createRequire(import.meta.url).resolve(`#state-machine/${kind}.asl.json`);
  const text = readFileSync(path, 'utf8');
  const { States } = JSON.parse(text) as {
    readonly States: Readonly<Record<string, { readonly TimeoutSeconds?: number }>>;
  };
  return {
    text,
    functionTimeoutOf(state) {
      const seconds = States[state]?.TimeoutSeconds;
      if (seconds === undefined) {
        throw new Error(`Deploy ${state}: wanted TimeoutSeconds in its state, there is none`);
      }
      return Duration.seconds(functionSeconds(seconds));
    },
  };
}
