import type { CheckConfig } from '../../contract/check/check-config.ts';
import { rulesOf } from '../../contract/check/rules-of.ts';
import type { CheckRule } from '../../contract/check/check.ts';
import type { Json } from '../../contract/shared/json.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { nothingToVary } from '../../contract/shared/vary-payload.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { packSides } from '../../stages/check/check-codec.ts';
import { mostSourceBytes } from '../../stages/check/refuse-large-source.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { UsageError } from '../shared/usage-error.ts';
import { readPayload } from '../tune/read-payload.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-target.ts';
import { localProblems } from './local-problems.ts';
import { locateSide } from './locate-side.ts';
import { readBaseline, type Baseline, type BaselineUse } from './read-baseline.ts';

/** One function with everything that was read for it, before anything is opened. */
export interface PlannedCheck {
  readonly target: CheckedTarget;
  readonly rules: readonly CheckRule[];
  /** Error types that are no failure. */
  readonly ignoreErrors: readonly string[];
  readonly stored: Side | null;
  readonly payloads: readonly { readonly payload: Json; readonly weight: number }[];
  /** The baseline file that is not there. */
  readonly missingBaseline: string | null;
  /** Rules about a change, which only a baseline could judge. */
  readonly unjudged: boolean;
  /** What the result is to say beside what measuring finds. */
  readonly warnings: readonly Warning[];
  /** Whether there is anything to measure. */
  readonly measures: boolean;
}

/**
 * Reads what a check of one function takes and settles its rules: without a base only budgets count.
 *
 * @throws {UsageError} with all problems of this function together
 */
export async function planCheck(
  named: CheckedTarget,
  config: CheckConfig,
  options: CheckSettings,
  isAlone: boolean,
): Promise<PlannedCheck> {
  const isNew = options.local === undefined && (await lacksBaseHandler(named, options));
  const target: CheckedTarget = isNew ? { ...named, base: null } : named;
  const problems = [...(await localProblems(target, options))];
  const payloads: { payload: Json; weight: number }[] = [];
  for (const text of target.payloads) {
    const read = await readPayload(text);
    if (read.kind === 'problem') problems.push(read.problem);
    else if (read.value.place !== null) problems.push(notFromS3(read.value.place));
    else payloads.push({ payload: read.value.payload, weight: read.value.weight ?? 1 });
  }
  const baseline = await baselineOf(
    target,
    { isAlone, isMade: target.baselineFile === options.saveBaseline },
    problems,
  );
  const stored = baseline?.kind === 'found' ? baseline.side : null;
  const missing = baseline?.kind === 'missing';
  const all = rulesOf(config, target.own);
  const hasMeasuredBase = target.base !== null;
  const hasBase = target.base !== null || stored !== null;
  const rules = hasBase ? all : all.filter(({ kind }) => kind === 'budget');
  const saves = options.saveBaseline !== undefined;
  if (rules.length === 0 && !missing && !saves && !isNew && problems.length === 0) {
    problems.push(
      `${target.name}: wanted something to judge by: a base (--base, or a second --local), or budgets in powerdial.config.json`,
    );
  }
  problems.push(...sizeProblems(payloads, stored, config, target));
  problems.push(...payloadProblems(payloads, hasMeasuredBase, config, target));
  if (problems.length > 0) throw new UsageError(problems);
  return {
    target,
    rules,
    ignoreErrors: options.ignoreError ?? target.own.ignoreErrors ?? config.ignoreErrors ?? [],
    stored,
    payloads: payloads.length === 0 ? [{ payload: {}, weight: 1 }] : payloads,
    missingBaseline: missing ? target.baselineFile : null,
    unjudged: missing && all.length > rules.length,
    warnings: [
      ...(baseline?.kind === 'found' ? baseline.warnings : []),
      ...(isNew ? [newFunction(named, rules.length > 0)] : []),
    ],
    measures: rules.length > 0 || saves,
  };
}

/** A function that the configuration names, and of which the base's code has nothing yet, is new. */
async function lacksBaseHandler(
  { kind, base, head }: CheckedTarget,
  options: CheckSettings,
): Promise<boolean> {
  if (kind !== 'local' || base === null) return false;
  const located = await locateSide(base, options);
  const isMissing = located.kind === 'problem' && located.isMissing;
  return isMissing && (await locateSide(head, options)).kind === 'found';
}

function newFunction({ name, base }: CheckedTarget, isMeasured: boolean): Warning {
  const facts = { function: name, base: base?.target ?? 'base', measured: isMeasured };
  return toWarning({ code: 'new-function', ...facts });
}

/** What else the input of a check holds: rules, names, settings. */
const INPUT_ROOM_BYTES = 8192;

/** Every state of the workflow carries payloads and baseline beside what was observed. */
function sizeProblems(
  payloads: readonly { readonly payload: Json }[],
  stored: Side | null,
  { maxInvocations }: CheckConfig,
  { name }: CheckedTarget,
): readonly string[] {
  const most = mostSourceBytes(maxInvocations) - INPUT_ROOM_BYTES;
  const baseline = stored === null ? 0 : packSides({ base: [], head: stored.observations }).length;
  const bytes = Buffer.byteLength(JSON.stringify(payloads)) + baseline;
  if (bytes <= most) return [];
  return [
    `${name}: wanted at most ${most} bytes of payloads${stored === null ? '' : ' and baseline'} beside ${maxInvocations} invocations, there are ${bytes}; send smaller payloads or fewer, or lower --max-invocations`,
  ];
}

/** Payloads that could not all be measured, or of which none varies though they are to. */
function payloadProblems(
  payloads: readonly { readonly payload: Json }[],
  hasMeasuredBase: boolean,
  { maxInvocations }: CheckConfig,
  { name, varyPayload }: CheckedTarget,
): readonly string[] {
  const perSide = Math.floor(maxInvocations / (hasMeasuredBase ? 2 : 1));
  const few =
    payloads.length > perSide
      ? `${name}: wanted at most ${perSide} payloads, as many as a side has invocations, there are ${payloads.length}; leave payloads out, or raise --max-invocations`
      : null;
  const texts = payloads.map(({ payload }) => JSON.stringify(payload));
  const nothing = varyPayload ? nothingToVary(texts) : null;
  return [few, nothing === null ? null : `${name}: ${nothing}`].filter((each) => each !== null);
}

async function baselineOf(
  { baselineFile, name }: CheckedTarget,
  use: BaselineUse,
  problems: string[],
): Promise<Baseline | null> {
  if (baselineFile === null) return null;
  try {
    return await readBaseline(baselineFile, name, use);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/** A check sends its payloads along with its input. */
function notFromS3(place: string): string {
  return `--payload: wanted a file of JSON, or JSON itself, it is ${place}; a check reads nothing from S3`;
}
