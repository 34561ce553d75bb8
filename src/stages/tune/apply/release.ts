import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { StageOutput } from '../../../contract/tune/stages.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { readJournal, writeJournal, type Journal } from '../../../core/journal/journal.ts';
import { isEmbedded, toMinute } from '../../target/lease.ts';
import { changeLatest } from './change-latest.ts';
import { isAllocating } from './allocation.ts';
import { isActive, publishRelease } from './publish-release.ts';
import { pointAt, refuseMovedAlias } from './point-at.ts';
import {
  toChangedRefusal,
  listDifferences,
  readWantedSetting,
  type ApplyDeps,
  type ApplyState,
} from './step.ts';
import { waitSeconds } from '../../target/wait-seconds.ts';

/** What an embedded run claims for an Apply: SnapStart may keep a version pending for 26 minutes. */
const CLAIM_MS = 3600_000;

/**
 * Sets $LATEST under a journal, publishes it, points the alias at the version and takes the journal away.
 * The alias is the point of no return: whoever finds the journal before deletes the version and puts
 * $LATEST back, whoever finds it after only takes the journal away.
 */
export async function release(
  state: ApplyState,
  alias: NonNullable<Target['alias']>,
  deps: ApplyDeps,
): Promise<StageOutput<'Apply'>> {
  const { run, target, applying } = state;
  const published = applying?.version ?? null;
  if (published === null) {
    await refuseMovedAlias(target, alias, deps);
    const waited = applying?.waited ?? 0;
    const exists = alias.revisionId !== null;
    if (exists && (await isAllocating(target, alias.name, waited, deps))) return wait(null, waited);
  }
  const version =
    published === null ? await publish(state, deps) : await stillOwn(state, published, deps);
  if (!(await isActive(target, version, deps))) {
    return wait(version, published === null ? 0 : (applying?.waited ?? 0));
  }
  await pointAt(target, alias, version, deps);
  await changeLatest(state, deps, {
    set: { description: target.description },
    // Nothing can be refused any more: what somebody changed beside the journal stays theirs.
    isThere: (found) => readJournal(found.description)?.run !== run.id,
    refuse: () => undefined,
    repeatFailed: true,
  });
  return {
    applied: { ...readWantedSetting(state), alias: alias.name, version },
    applying: null,
    warnings: [],
  };
}

/** Longer each time, in the workflow and not in the function. */
function wait(version: string | null, before: number): StageOutput<'Apply'> {
  const applying = { version, waited: before + 1, waitSeconds: waitSeconds(before) };
  return { applied: null, applying, warnings: [] };
}

async function publish(state: ApplyState, deps: ApplyDeps): Promise<string> {
  const { target } = state;
  const journal = journalOf(state, deps.now());
  return publishRelease(state, journal, deps, () =>
    changeLatest(state, deps, {
      set: { ...readWantedSetting(state), description: writeJournal(journal) },
      isThere: (found) => isOwn(state, found),
      refuse(found) {
        const different = listDifferences(found, target);
        if (different.length > 0) throw toChangedRefusal(state, different);
      },
    }),
  );
}

/** After a wait: the alias must not be pointed at what is not the newest any more. */
async function stillOwn(state: ApplyState, version: string, deps: ApplyDeps): Promise<string> {
  const { functionName } = state.target;
  if (!isOwn(state, await deps.readConfiguration({ functionName }))) {
    throw toChangedRefusal(state, ['configuration or code']);
  }
  return version;
}

/** Tells whether this Apply's journal stands, and $LATEST is as it says. */
function isOwn(state: ApplyState, found: FunctionConfiguration): boolean {
  const { run, target, publishing } = state;
  const journal = readJournal(found.description);
  return (
    journal?.purpose === 'apply' &&
    journal.run === run.id &&
    journal.serial === publishing.serial + 1 &&
    listDifferences(found, {
      ...target,
      ...readWantedSetting(state),
      description: found.description,
    }).length === 0
  );
}

function journalOf(state: ApplyState, nowMs: number): Journal {
  const { run, target, publishing } = state;
  const claimed = toMinute(nowMs + CLAIM_MS);
  return {
    purpose: 'apply',
    run: run.id,
    serial: publishing.serial + 1,
    set: { ...readWantedSetting(state), systemLogLevel: null },
    was: {
      memoryMb: target.memoryMb,
      timeoutSeconds: target.timeoutSeconds,
      systemLogLevel: null,
    },
    until: isEmbedded(run) && claimed > publishing.until ? claimed : publishing.until,
    description: target.description,
  };
}
