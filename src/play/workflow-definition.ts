import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { functionSeconds } from '../contract/shared/task-time.ts';
import type { Workflow } from '../contract/shared/workflow.ts';

/** Reads a workflow from its file, which is found through the package's import map. */
export function workflowDefinition({ definition }: Pick<Workflow, 'definition'>): unknown {
  const path = createRequire(import.meta.url).resolve(definition);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Returns the time that each stage's function has in Lambda, where the context tells it. */
export function functionSecondsOf(workflow: Workflow): (stage: string) => number {
  const { States } = workflowDefinition(workflow) as {
    readonly States: Readonly<Record<string, { readonly TimeoutSeconds?: number }>>;
  };
  return (stage) => functionSeconds(States[stage]?.TimeoutSeconds ?? 60);
}
