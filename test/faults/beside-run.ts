import { isDeepStrictEqual } from 'node:util';
import { readJournal } from '../../src/core/journal/journal.ts';
import { readReleaseMark } from '../../src/core/journal/release-mark.ts';
import { readVersionMark } from '../../src/core/journal/version-mark.ts';
import { faultPlan } from '../../src/emulator/index.ts';
import { lockedBy, nextDay, play, UPDATE_DELAY_MS } from './fault-run.ts';
import { faultTarget, targetState, type FaultTarget, type TargetState } from './fault-target.ts';
import { HurriedClock } from './hurried-clock.ts';
import { landing, RECOMMENDED_MB, type Variant } from './landing.ts';
import { USER_DEEDS, type UserWork } from './user-deeds.ts';

/** Something else happens to the function while a run is at one of its calls. */
export interface BesideRun {
  readonly variant: Variant;
  readonly case: string;
  readonly call: number;
  readonly operation: string;
  readonly status: string;
  readonly error: string;
  /** What is not as it must be. */
  readonly wrong: readonly string[];
}

/** The SDK waits for as long as what happens beside a call takes. */
const PATIENCE_MS = 20_000;

/** A user does something to the function at one call of a run: nothing of theirs may be lost. */
export async function userDuringRun(
  variant: Variant,
  deed: string,
  call: number,
): Promise<BesideRun | null> {
  return besideRun(variant, `a user ${deed}`, call, async (target) => {
    const work = await USER_DEEDS[deed]?.(target.client);
    return (before, after, run) =>
      work === undefined ? ['no such deed'] : violations(before, after, work, run);
  });
}

/** Another run of the same function starts at one call of a run, and is through before that goes on. */
export async function runDuringRun(variant: Variant, call: number): Promise<BesideRun | null> {
  return besideRun(variant, 'another run', call, async (target, clock) => {
    const other = await play(target, variant, clock);
    return (before, after, run) => {
      const wrong: string[] = [];
      const where = landing(before, after, variant);
      const applied = run.applied || other.applied;
      if (where !== (applied ? 'applied' : 'as before')) wrong.push(`the target is ${where}`);
      if (other.status !== 'done' && !/^TargetLocked/.test(other.error)) {
        wrong.push(`the other run ended with ${other.error}`);
      }
      return wrong;
    };
  });
}

interface Judged {
  /** Whether the run says that it applied its recommendation. */
  readonly applied: boolean;
  /** What it had read by then: what comes before is how it finds the function. */
  readonly had: { readonly configuration: boolean; readonly aliases: boolean };
}

type Judge = (before: TargetState, after: TargetState, run: Judged) => readonly string[];

async function besideRun(
  variant: Variant,
  name: string,
  call: number,
  beside: (target: FaultTarget, clock: HurriedClock) => Promise<Judge>,
): Promise<BesideRun | null> {
  const clock = new HurriedClock();
  const target = await faultTarget({
    clock,
    updateDelayMs: UPDATE_DELAY_MS,
    patienceMs: PATIENCE_MS,
  });
  try {
    const before = await targetState(target.client);
    let judge: Judge = () => ['nothing happened beside it'];
    const act = async (): Promise<void> => {
      judge = await beside(target, clock);
    };
    const plan = faultPlan({ call, when: 'before', fault: act });
    target.intercept(plan.intercept);
    const run = await play(target, variant, clock);
    target.intercept(null);
    const struck = plan.struck();
    if (struck === null) return null;
    const read = new Set(plan.calls().slice(0, call - 1));
    const had = {
      configuration: read.has('GetFunctionConfiguration'),
      aliases: read.has('ListAliases'),
    };
    const wrong = [...judge(before, await targetState(target.client), { ...run, had })];
    const locked = await lockedBy(target, nextDay());
    if (locked !== null) wrong.push(`a new run ends with ${locked}`);
    if (target.unqualifiedDeletes.length > 0) wrong.push('DeleteFunction without a qualifier');
    const { status, error } = run;
    return { variant, case: name, call, operation: struck.operation, status, error, wrong };
  } finally {
    await target.close();
  }
}

/** What of a user's is gone or changed, and what of the run's is left. */
function violations(
  before: TargetState,
  after: TargetState,
  work: UserWork,
  { applied: mayApply, had }: Judged,
): readonly string[] {
  const wrong: string[] = [];
  const expected = { ...before.configuration, ...work.configuration };
  const recommended = { MemorySize: RECOMMENDED_MB };
  const applied = had.configuration
    ? { ...expected, ...recommended, ...work.configuration }
    : { ...expected, ...recommended };
  for (const [name, value] of Object.entries(after.configuration)) {
    const may = mayApply
      ? [expected[name], applied[name as keyof typeof applied]]
      : [expected[name]];
    if (!may.some((each) => isDeepStrictEqual(each, value))) {
      wrong.push(`${name} is ${JSON.stringify(value)}, wanted ${JSON.stringify(expected[name])}`);
    }
  }
  if (readJournal(String(after.configuration['Description'])) !== null) wrong.push('a journal');
  const pointedAt = new Set(after.aliases.map((alias) => alias['FunctionVersion']));
  const own = (version: Readonly<Record<string, unknown>>): boolean => {
    const description = String(version['Description']);
    return readVersionMark(description) !== null || readReleaseMark(description) !== null;
  };
  for (const version of [...before.versions, ...work.versions]) {
    // AWS hands out the run's own version where nothing changed since: it is theirs once they use it.
    if (own(version) && !pointedAt.has(version['Version'])) continue;
    const now = after.versions.find((each) => each['Version'] === version['Version']);
    if (now === undefined || !isDeepStrictEqual(leaveOutStates(now), leaveOutStates(version))) {
      wrong.push(
        `version ${String(version['Version'])} is ${now === undefined ? 'gone' : 'other'}`,
      );
    }
  }
  const theirs = new Set([...before.versions, ...work.versions].map((each) => each['Version']));
  // A recommendation that was applied stays a version, also when the user has moved the alias on since.
  const releases = new Set(
    after.versions
      .filter((each) => mayApply && readReleaseMark(String(each['Description'])) !== null)
      .map((each) => each['Version']),
  );
  for (const version of after.versions) {
    const number = version['Version'];
    if (theirs.has(number) || pointedAt.has(number) || releases.has(number)) continue;
    wrong.push(`version ${String(version['Version'])} was left behind`);
  }
  const wantedAliases = new Map([
    ...before.aliases.map((each) => [String(each['Name']), each['FunctionVersion']] as const),
    ...Object.entries(work.aliases),
  ]);
  for (const [name, version] of wantedAliases) {
    const now = after.aliases.find((alias) => alias['Name'] === name)?.['FunctionVersion'];
    const released = (!had.aliases || work.aliases[name] === undefined) && releases.has(now);
    if (now !== version && !released) wrong.push(`alias ${name} is at ${String(now)}`);
  }
  return wrong;
}

/** PublishVersion tells states that lists leave out. */
function leaveOutStates(version: Readonly<Record<string, unknown>>): unknown {
  const states = ['State', 'StateReason', 'StateReasonCode', 'LastUpdateStatus'];
  return Object.fromEntries(Object.entries(version).filter(([name]) => !states.includes(name)));
}
