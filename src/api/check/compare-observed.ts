import type { CheckConfig } from '../../contract/check/check-config.ts';
import { rulesOf } from '../../contract/check/rules-of.ts';
import { readLimit, CHANGE_GRAMMAR } from '../../contract/check/check-limit.ts';
import type {
  CheckedFunction,
  CheckResult,
  CheckRule,
  FailedFunction,
  MetricJudgement,
} from '../../contract/check/check.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { isSameFunction } from '../../core/compare/checked-name.ts';
import { ONLY_LOOK } from '../../core/compare/alpha-spending.ts';
import { failsCheck, judge } from '../../core/compare/judge.ts';
import type { JudgedRule } from '../../core/compare/judging.ts';
import { nothingMeasured } from '../../core/compare/nothing-measured.ts';
import { sharedTariffWarnings } from '../../core/compare/shared-tariff.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { toMetricJudgement, TUNE_REMEDY } from '../../words/check/judgement.ts';
import { nothingMeasuredText } from '../../words/check/nothing-measured.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toCheckTable } from '../../stages/check/check-codec.ts';
import { UsageError } from '../shared/usage-error.ts';
import { checkResult } from './check-result.ts';
import type { ObservedFile } from './observed-file.ts';
import type { ObservedFunction } from './tune-file.ts';
import { findEntry } from './find-entry.ts';
import { readTraffic } from './read-traffic.ts';

/** What two results are compared by, beside the rules. */
export interface CompareSettings {
  /** The size at which results of tune are compared. */
  readonly memory?: string;
  /** Whether the two are one function under two names. */
  readonly renamed?: boolean;
  /** What shares the price of provisioned concurrency. */
  readonly invocationsPerMonth?: string;
}

interface Pair {
  readonly name: string;
  readonly base: Side;
  /** As the base's file has it. */
  readonly baseName: string;
  readonly head: Side;
  readonly rules: readonly CheckRule[];
}

/**
 * Judges what two results have observed, without measuring.
 *
 * @throws {UsageError} where they are not of the same functions and sizes
 */
export function compareObserved(
  base: ObservedFile,
  head: ObservedFile,
  options: CompareSettings,
  config: CheckConfig,
): CheckResult {
  const pairs = pairsOf(base, head, options, config);
  const comparisons = pairs.reduce((sum, { rules }) => sum + rules.length, 0);
  const driftSpread = readLimit(config.baselineDrift, CHANGE_GRAMMAR);
  const isOfTune = base.kind === 'tune' || head.kind === 'tune';
  const compared = pairs.map((pair) => {
    const judged = judge(pair.rules, pair, {
      comparisons,
      falseAlarmRate: config.falseAlarmRate,
      // One look, which may spend everything.
      shareOfLook: ONLY_LOOK,
      driftSpread,
      isStored: true,
      isLast: true,
    });
    const metrics = judged.map((each) => (isOfTune ? withRemedy(each) : toMetricJudgement(each)));
    return { pair, metrics };
  });
  const unmeasured = compared.flatMap(({ pair, metrics }) => unmeasuredOf(pair, metrics));
  const functions = compared
    .filter(({ pair }) => !unmeasured.some((each) => each.function === pair.name))
    .map(({ pair, metrics }) => toComparedFunction(pair, metrics, driftSpread));
  return checkResult(functions, config.falseAlarmRate, { failed: unmeasured });
}

/** Names the functions of which nothing but failures was observed, unless a rule has failed already. */
function unmeasuredOf(pair: Pair, metrics: readonly MetricJudgement[]): readonly FailedFunction[] {
  const found = metrics.some(failsCheck) ? [] : nothingMeasured(pair, true);
  if (found.length === 0) return [];
  const cause = nothingMeasuredText(found, 'measure-again');
  return [{ function: pair.name, error: 'NothingMeasured', cause }];
}

function toComparedFunction(
  pair: Pair,
  metrics: readonly MetricJudgement[],
  driftSpread: number,
): CheckedFunction {
  return {
    function: pair.name,
    base: pair.base.facts,
    head: pair.head.facts,
    baseline: 'stored',
    looks: 1,
    metrics,
    spent: { invocations: 0, gbSeconds: 0, usd: 0 },
    warnings: [
      toWarning({ code: 'stored-baseline', driftSpread, command: 'compare' }),
      ...sharedTariffWarnings(pair.rules, pair).map(toWarning),
      ...renameWarnings(pair),
    ],
    observations: toCheckTable({
      base: pair.base.observations,
      head: pair.head.observations,
    }),
  };
}

/** Reasons that a result of tune with more cold starts would not have. */
const TOO_FEW: ReadonlySet<string | undefined> = new Set([
  'few-samples',
  'few-environments',
  'few-samples-or-environments',
]);

function withRemedy(judged: JudgedRule): MetricJudgement {
  const judgement = toMetricJudgement(judged);
  return TOO_FEW.has(judged.reasonFacts?.code)
    ? { ...judgement, reason: `${judgement.reason ?? ''}; ${TUNE_REMEDY}` }
    : judgement;
}

function renameWarnings({ name, baseName }: Pair): readonly Warning[] {
  if (isSameFunction(name, baseName)) return [];
  const facts = { base: baseName, head: name, file: null };
  return [toWarning({ code: 'baseline-of-another-name', ...facts })];
}

function pairsOf(
  base: ObservedFile,
  head: ObservedFile,
  options: CompareSettings,
  config: CheckConfig,
): readonly Pair[] {
  const heads = functionsOf(head, base, options);
  const bases = functionsOf(base, head, options);
  const areAlone = heads.length === 1 && bases.length === 1;
  const isRenamed = areAlone && options.renamed === true;
  const problems: string[] = [];
  const given = readTraffic(options, problems);
  const found = heads.map(
    ({ name }) => findNamed(bases, name) ?? (isRenamed ? bases[0] : undefined),
  );
  const [onlyBase, onlyHead] = [bases[0], heads[0]];
  if (areAlone && found[0] === undefined && onlyBase !== undefined && onlyHead !== undefined) {
    throw new UsageError([
      `compare: wanted two results of one function, the base is of ${onlyBase.name}, the head of ${onlyHead.name}; where it is one that was renamed, say so with --renamed`,
    ]);
  }
  problems.push(
    ...onlyIn(
      'head',
      heads.filter((_, index) => found[index] === undefined),
      bases,
    ),
    ...onlyIn(
      'base',
      bases.filter((each) => !found.includes(each)),
      heads,
    ),
  );
  if (problems.length > 0) throw new UsageError(problems);
  return heads.flatMap(({ name, side }, index) => {
    const of = found[index];
    if (of === undefined) return [];
    const own = findEntry(config, name);
    const rules = rulesOf(config, own);
    const traffic = given ?? own?.invocationsPerMonth;
    const facts = traffic === undefined ? {} : { invocationsPerMonth: traffic };
    const withTraffic = { ...side, facts: { ...side.facts, ...facts } };
    return [{ name, base: of.side, baseName: of.name, head: withTraffic, rules }];
  });
}

function findNamed(
  functions: readonly ObservedFunction[],
  name: string,
): ObservedFunction | undefined {
  return (
    functions.find((each) => each.name === name) ??
    functions.find((each) => isSameFunction(each.name, name))
  );
}

/** A function that one file lacks would be a change that nobody judged. */
function onlyIn(
  file: 'base' | 'head',
  lone: readonly ObservedFunction[],
  others: readonly ObservedFunction[],
): readonly string[] {
  const other = file === 'base' ? 'head' : 'base';
  const names = others.map((each) => each.name).join(', ');
  return lone.map(
    ({ name }) => `compare: ${name} is in the ${file}'s file only; the ${other}'s has ${names}`,
  );
}

function functionsOf(
  file: ObservedFile,
  other: ObservedFile,
  { memory }: CompareSettings,
): readonly ObservedFunction[] {
  if (file.kind === 'check') return file.functions;
  const wanted = memory === undefined ? sizesOf(other) : [Number(memory.replace(/\s*MB$/i, ''))];
  const memoryMb = file.sizes.find((size) => wanted.includes(size));
  if (memoryMb === undefined) {
    throw new UsageError([
      `compare: wanted a memory size that both measured${memory === undefined ? '' : `, ${memory} MB`}; one has ${file.sizes.join(', ')}, the other ${sizesOf(other).join(', ')}`,
    ]);
  }
  return [file.at(memoryMb)];
}

function sizesOf(file: ObservedFile): readonly number[] {
  return file.kind === 'tune'
    ? file.sizes
    : file.functions.map(({ side }) => side.facts.key.memoryMb);
}
