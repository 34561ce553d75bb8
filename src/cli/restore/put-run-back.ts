import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import {
  deleteVersionsOfRun,
  type DeleteVersionsDeps,
} from '../../stages/target/delete-versions.ts';
import { putBack, type PutBackDeps } from '../../stages/target/put-back.ts';

/** The settings of $LATEST that a run changes. */
export type PutBackSetting = 'memoryMb' | 'timeoutSeconds' | 'systemLogLevel' | 'description';

const SETTINGS: readonly PutBackSetting[] = [
  'memoryMb',
  'timeoutSeconds',
  'systemLogLevel',
  'description',
];

export interface RestoredRun {
  readonly run: string;
  readonly changes: readonly {
    readonly setting: PutBackSetting;
    readonly from: string | number | null;
    readonly to: string | number | null;
  }[];
  readonly deletedVersions: readonly string[];
  /** Versions of the run that an alias points at: somebody uses them. */
  readonly leftVersions: readonly string[];
  /** Versions of the run that AWS does not delete yet, because they are pending. */
  readonly pendingVersions: readonly string[];
  /** Settings that somebody else changed since, in words. */
  readonly leftSettings: readonly string[];
}

/** Puts back what one run left: $LATEST by its journal, with what it had applied, then its versions. */
export async function putRunBack(
  deps: PutBackDeps & DeleteVersionsDeps,
  functionName: string,
  run: string,
): Promise<RestoredRun> {
  const before = await deps.readConfiguration({ functionName });
  const back = await putBack(deps, functionName, run);
  // Where nothing was put back, both readings may still differ by an update of somebody else that was in
  // progress.
  const after = back.changed ? back.found : before;
  const { deleted, inUse, pending } = await deleteVersionsOfRun(deps, functionName, run);
  return {
    run,
    changes: changesBetween(before, after),
    deletedVersions: [...back.deleted, ...deleted],
    leftVersions: [...(back.released === null ? [] : [back.released]), ...inUse],
    pendingVersions: [...back.pending, ...pending],
    leftSettings: back.theirs,
  };
}

function changesBetween(
  before: FunctionConfiguration,
  after: FunctionConfiguration,
): RestoredRun['changes'] {
  return SETTINGS.filter((setting) => before[setting] !== after[setting]).map((setting) => ({
    setting,
    from: before[setting],
    to: after[setting],
  }));
}
