import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Duration } from 'aws-cdk-lib';
import type { StageName } from '../src/contract/stages.ts';

/** The workflow as its file says it: the one that is played on one machine, too. */
export interface WorkflowDefinition {
  readonly text: string;
  readonly timeoutOf: (stage: StageName) => Duration;
}

/** Reads `state-machine/tune.asl.json`, found through the package's import map. */
export function workflowDefinition(): WorkflowDefinition {
  const path = createRequire(import.meta.url).resolve('#state-machine/tune.asl.json');
  const text = readFileSync(path, 'utf8');
  const { States } = JSON.parse(text) as {
    readonly States: Readonly<Record<string, { readonly TimeoutSeconds?: number }>>;
  };
  return {
    text,
    timeoutOf(stage) {
      const seconds = States[stage]?.TimeoutSeconds;
      if (seconds === undefined) {
        throw new Error(`Deploy ${stage}: wanted TimeoutSeconds in its state, there is none`);
      }
      return Duration.seconds(seconds);
    },
  };
}
