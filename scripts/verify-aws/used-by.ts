import { CHECK_PERMISSIONS } from '../../infra/check-permissions.ts';
import { STAGE_PERMISSIONS } from '../../infra/stage-permissions.ts';
import type { Permission } from '../../infra/permission.ts';

/** Calls that Step Functions makes by itself, for the workflow's definition. */
const STATE_MACHINE = ['states:lambda:invoke', 's3:PutObject'];

/** Who makes a call: the stages by their permissions; what no stage may is made by the command alone. */
export function usedBy(call: string): readonly string[] {
  const stages = [
    ...stagesWith(call, STAGE_PERMISSIONS),
    ...stagesWith(call, CHECK_PERMISSIONS).map((stage) => `${stage} of a check`),
  ];
  if (STATE_MACHINE.includes(call)) return ['the state machine'];
  return stages.length === 0 ? ['the command'] : stages;
}

/** Every call that a stage of a workflow may make. */
export function callsOfStages(): readonly string[] {
  const all = [...Object.values(STAGE_PERMISSIONS), ...Object.values(CHECK_PERMISSIONS)];
  return [...new Set(all.flat().flatMap(({ actions }) => actions))].sort();
}

function stagesWith(
  call: string,
  table: Readonly<Record<string, readonly Permission[]>>,
): readonly string[] {
  return Object.entries(table)
    .filter(([, permissions]) => permissions.some(({ actions }) => actions.includes(call)))
    .map(([stage]) => stage);
}
