import { keysOf } from './keys-of.ts';
import type { z } from 'zod';
import type { TaskPolicy } from './task-policies.ts';
import type { WorkflowKind } from './tuner.ts';

/** One row of a stage table. */
export interface StageRow {
  /** The placeholder in the definition that the stage's function replaces. */
  readonly resource: string;
  readonly reads: z.ZodType;
  readonly returns: z.ZodType;
  /** It changes the target forward, and may leave it changed when it is cut off. @default false */
  readonly changesTarget?: true;
}

/** A workflow, as everything that plays, deploys or finds one needs to know it. */
export interface Workflow<Name extends string = string> {
  readonly kind: WorkflowKind;
  /** Its file, by the package's import map. */
  readonly definition: `#state-machine/${string}.asl.json`;
  /** One row for each Task that a stage carries out. */
  readonly stages: Readonly<Record<Name, StageRow>>;
  /** What each of its Tasks does when its call fails. */
  readonly policies: Readonly<Record<string, TaskPolicy>>;
  /** The tag on its state machine, by which it is found. */
  readonly tag: string;
  /** What its state machine is called, unless the deployment chose another name. */
  readonly machineName: string;
  /** What the names of its executions begin with where they are played on somebody's machine. */
  readonly playedPrefix: string;
  /** A stage's name among those of all workflows: what its function is called, and told that it is. */
  stageId(stage: Name): string;
}

/** Returns the names of a workflow's stages, in the order of its table. */
export function stageNames<Name extends string>(workflow: Workflow<Name>): readonly Name[] {
  return keysOf(workflow.stages);
}
