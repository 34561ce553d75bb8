import { PowerdialError } from '../../contract/shared/errors.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import { TOOL_VERSION } from '../../contract/shared/tool-version.ts';
import type { Warning, WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { pricesOf, type Prices } from '../../core/cost/prices.ts';
import { provisionedRatesOf } from '../../core/cost/provisioned-prices.ts';
import { tariffOf, type Tariff } from '../../core/cost/tariff.ts';
import { stageCost, type OwnFunction } from '../../core/cost/workflow-cost.ts';
import { scanUsd } from '../../core/history/scan-price.ts';
import { spendingTerms, sumSpent } from '../../core/measure/spending.ts';
import { stateTransitions } from '../../core/measure/transitions.ts';
import { withFailures } from '../../core/recommend/with-failures.ts';
import { recommend as judge } from '../../core/recommend/recommend.ts';
import {
  neverAveragedText,
  noAnswerText,
  stoppedForBudgetText,
} from '../../words/tune/no-answer.ts';
import { recommendationText } from '../../words/tune/recommendation.ts';
import { toSizeResult } from '../../words/tune/size.ts';
import { toAdvice } from '../../words/advice/advice.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { whyReportsAreMissing } from '../target/log-unread.ts';
import { toCompressedTable, unpackObservations } from './observation-codec.ts';
import { countsErrors } from './counts-errors.ts';
import { isApplied } from './is-applied.ts';
import { peerFields } from './peer-fields.ts';
import type { Stage } from './stage.ts';
import { withTrial } from './with-trial.ts';

type State = StageInput<'Recommend'>;

/** Judges what was observed, and puts the result together. */
export const recommend: Stage<'Recommend', Pick<Deps, 'now'>> = (state, deps, context) => {
  const { input, target, publishing } = state;
  const observations = unpackObservations(state.observations);
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const tariff = tariffOf(prices, target, input.invocationsPerMonth);
  const judged = judge({
    input,
    target,
    variants: publishing.variants,
    observations,
    trial: state.trial,
    prices: tariff.prices,
    isNotPriced: tariff.kind === 'not-priced' && input.goal.kind !== 'fastest',
    capacity: {
      onDemandUsdPerGbSecond: prices.usdPerGbSecond,
      rates: provisionedRatesOf(target.region, target.architecture),
    },
    named: target,
    ephemeralStorageMb: target.ephemeralStorageMb,
    seed: input.seed,
    triggers: state.triggers,
    traffic: state.history?.traffic ?? null,
    isInterrupted: context.isInterrupted ?? false,
  });
  if (judged.kind !== 'recommended') {
    const missing = whyReportsAreMissing(state.warnings);
    const ignored = input.ignoreErrors === undefined ? '' : neverAveragedText(input.ignoreErrors);
    const answer = { ...judged, sizes: withFailures(judged.sizes, state.failures) };
    throw new PowerdialError(
      'NothingMeasured',
      `${noAnswerText(answer)}${budgetText(state)}${missing}${ignored}`,
    );
  }
  const { verdict, memoryMb, timeout, confidence, warnings } = judged;
  const { more, monthly, curve, drift } = judged;
  const sizes = withFailures(judged.sizes, state.failures).map(toSizeResult);
  const sentence = recommendationText(judged.facts);
  const result: Result = {
    schemaVersion: 1,
    recommendation: { sentence, memoryMb, timeoutSeconds: timeout.recommendedSeconds },
    verdict,
    emulated: false,
    target: {
      function: target.functionArn,
      architecture: target.architecture,
      region: target.region,
      runtime: target.runtime,
    },
    run: {
      id: state.run.id,
      startedAt: state.run.startedAt,
      tool: TOOL_VERSION,
      region: target.region,
      machine: null,
      codeSha256: target.codeSha256,
      commit: null,
      payloads: [],
    },
    input,
    current: { memoryMb: target.memoryMb, timeoutSeconds: target.timeoutSeconds },
    confidence,
    sizes,
    timeout,
    more,
    monthly,
    curve,
    drift,
    history: judged.history,
    ...(judged.advice.length === 0 ? {} : { advice: judged.advice.map(toAdvice) }),
    spent: spent(state, prices, verdict, { nowMs: deps.now(), ownFunction: context.ownFunction }),
    observations: toCompressedTable(observations),
    warnings: [
      ...leaveOutRepeats(state.warnings).filter((each) => isWorthSaying(each, state, verdict)),
      ...[
        ...warnings,
        ...provisionedWarnings(tariff, input),
        ...fewerColdStarts(input.coldStarts, sizes),
        ...(countsErrors(input, state.trial)
          ? [{ code: 'allowed-errors-counted' as const, types: input.ignoreErrors ?? [] }]
          : []),
        ...aliasLeft(state, judged),
      ].map(toWarning),
    ],
  };
  const withPeer = { ...result, ...peerFields(input, result, observations, prices) };
  return Promise.resolve(withPeer as unknown as StageOutput<'Recommend'>);
};

/** Invocations that were left out for the budget are why nothing could be measured. */
function budgetText({ warnings, input }: State): string {
  const isReached = warnings.some(({ code }) => code === 'budget-reached');
  return isReached ? stoppedForBudgetText(input.maxUsd) : '';
}

/** Every call of Measure says what is wrong, though it may have been said. */
function leaveOutRepeats(warnings: readonly Warning[]): readonly Warning[] {
  const known = new Map(warnings.map((each) => [`${each.code} ${each.message}`, each]));
  return [...known.values()];
}

/**
 * Tells what ended the planning is said once, where invocations were left out for the budget already; and the
 * most that is planned without a budget of the user's own only where it left the answer open.
 */
function isWorthSaying(warning: Warning, { warnings }: State, verdict: Result['verdict']): boolean {
  if (warning.code !== 'decision-open') return true;
  return warning['stoppedBy'] === 'max-usd'
    ? warnings.every(({ code }) => code !== 'budget-reached')
    : warning['stoppedBy'] !== 'brute-force' || verdict === 'inconclusive';
}

/** Pipelines that release by the alias wait for it: that it stays is said. */
function aliasLeft(
  { input, target }: State,
  { verdict }: Pick<Result, 'verdict'>,
): readonly WarningFacts[] {
  if (target.alias === null || isApplied(input, verdict)) return [];
  const { name: alias, version } = target.alias;
  return [{ code: 'alias-not-moved', alias, version, verdict }];
}

/** Tells whether what is kept ready for the target is in its costs. */
function provisionedWarnings(
  tariff: Tariff,
  { invocationsPerMonth = 0 }: State['input'],
): readonly WarningFacts[] {
  switch (tariff.kind) {
    case 'on-demand':
      return [];
    case 'provisioned':
      return [{ code: 'provisioned-priced', executions: tariff.executions, invocationsPerMonth }];
    case 'not-priced':
      return [
        {
          code: 'provisioned-not-priced',
          executions: tariff.executions,
          missing: tariff.missing,
        },
      ];
  }
}

/** A burst gives cold starts only while its invocations overlap: very short ones share environments. */
function fewerColdStarts(wanted: number, all: Result['sizes']): readonly WarningFacts[] {
  const sizes = all
    .filter(({ outcome, coldStarts }) => outcome === 'measured' && coldStarts < wanted)
    .map(({ memoryMb, coldStarts }) => ({ memoryMb, coldStarts }));
  return sizes.length === 0 ? [] : [{ code: 'fewer-cold-starts', wanted, sizes }];
}

/** Tells what the run has cost by the time it ends: its invocations and the workflow itself. */
function spent(
  state: State,
  prices: Prices,
  verdict: Result['verdict'],
  { nowMs, ownFunction }: { readonly nowMs: number; readonly ownFunction: OwnFunction | undefined },
): Result['spent'] {
  const { input, target, publishing, trial, lost } = state;
  const terms = spendingTerms(target, input.measureTimeoutSeconds);
  const observations = withTrial(unpackObservations(state.observations), trial);
  const invocations = sumSpent(observations, lost, terms);
  const transitions = stateTransitions({
    rounds: state.rounds,
    setMemoryCalls: publishing.calls,
    waits: publishing.waits,
    restoreCalls: publishing.restores,
    measureCalls: state.measures,
    lostSlices: lost.slices,
    historyCalls: state.history?.calls ?? 0,
    applies: isApplied(input, verdict),
  });
  const wallSeconds = (nowMs - Date.parse(state.elapsedFrom)) / 1000;
  const stages = ownFunction === undefined ? null : stageCost(ownFunction, wallSeconds);
  return {
    ...invocations,
    stateTransitions: transitions,
    workflowUsd: transitions * prices.usdPerStateTransition + (stages?.usd ?? 0),
    stages,
    history:
      state.history === null
        ? null
        : {
            bytesScanned: state.history.bytesScanned,
            usd: scanUsd(state.history.bytesScanned, target.region),
          },
    wallSeconds,
    latestChangedSeconds: publishing.changedMs === null ? null : publishing.changedMs / 1000,
  };
}
