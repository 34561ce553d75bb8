import { tableOf } from '../src/contract/shared/keys-of.ts';
import type { Construct } from 'constructs';
import { ownSecurityGroups } from './own-security-groups.ts';
import { stageBundle } from './stage-bundle.ts';
import { StageFunction, type StageSettings } from './stage-function.ts';
import type { WorkflowDefinition } from './workflow-definition.ts';

/** Properties of `stageFunctions`. */
export interface StageFunctionsProps<Name extends string> {
  readonly stages: readonly Name[];
  /** Tells the bundle which stage it is. */
  readonly idOf: (stage: Name) => string;
  readonly workflowName: string;
  readonly definition: WorkflowDefinition;
  readonly settings: StageSettings;
}

/** Returns the functions of all stages of a workflow, from one bundle. */
export function stageFunctions<Name extends string>(
  scope: Construct,
  props: StageFunctionsProps<Name>,
): Readonly<Record<Name, StageFunction>> {
  const { workflowName, definition } = props;
  const code = stageBundle();
  const settings = { ...props.settings, ...ownSecurityGroups(scope, props.settings) };
  return tableOf(props.stages, (stage) => {
    const stageId = props.idOf(stage);
    return new StageFunction(scope, stage, {
      stage,
      stageId,
      workflowName,
      code,
      definition,
      settings,
    });
  });
}
