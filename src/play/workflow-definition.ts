import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { functionSeconds } from '../contract/shared/task-time.ts';
import type { Workflow } from '../contract/shared/workflow.ts';

/** A workflow as its file says it, found through the package's import map. */
export function workflowDefinition({ definition }: Pick<Workflow, 'definition'>): unknown {
  const path = createRequire(import.meta.url).resolve(definition);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The time that each stage's function would have in Lambda, which tells it by its context. */
export function functionSecondsOf(workflow: Workflow): (stage: string) => number {
  const { States } = workflowDefinition(workflow) as {
    readonly States: Readonly<Record<string, { readonly TimeoutSeconds?: number }>>;
  };
  return (stage) => functionSeconds(States[stage]?.TimeoutSeconds ?? 60);
}
