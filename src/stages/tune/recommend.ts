import { PowerdialError } from '../../contract/shared/errors.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import { TOOL_VERSION } from '../../contract/shared/tool-version.ts';
import { pricesOf, type Prices } from '../../core/cost/prices.ts';
import { provisionedRatesOf } from '../../core/cost/provisioned-prices.ts';
import { tariffOf, type Tariff } from '../../core/cost/tariff.ts';
import { withFailures } from '../../core/recommend/with-failures.ts';
import type { NoAnswer } from '../../core/recommend/no-answer.ts';
import { recommend as judge, type RecommendRequest } from '../../core/recommend/recommend.ts';
import {
  neverAveragedText,
  noAnswerText,
  stoppedForBudgetText,
} from '../../words/tune/no-answer.ts';
import { toSizeResult } from '../../words/tune/size.ts';
import { whyReportsAreMissing } from '../target/log-unread.ts';
import { toCompressedTable, unpackObservations } from './observation-codec.ts';
import { peerFields } from './peer-fields.ts';
import { describeDecision } from './recommend/describe-decision.ts';
import { resultWarnings } from './recommend/result-warnings.ts';
import { spentOf } from './recommend/spent-of.ts';
import type { Stage } from './stage.ts';

type State = StageInput<'Recommend'>;

/** Judges what was observed, and puts the result together. */
export const recommend: Stage<'Recommend', Pick<Deps, 'now'>> = (state, deps, context) => {
  const { input, target } = state;
  const observations = unpackObservations(state.observations);
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const tariff = tariffOf(prices, target, input.invocationsPerMonth);
  const judged = judge({
    ...toRequest(state, prices, tariff),
    observations,
    isInterrupted: context.isInterrupted ?? false,
  });
  if (judged.kind !== 'recommended') throw nothingMeasured(state, judged);
  const sizes = withFailures(judged.sizes, state.failures).map(toSizeResult);
  const result: Result = {
    ...toResult(state, judged),
    sizes,
    spent: spentOf(state, prices, judged.verdict, {
      nowMs: deps.now(),
      ownFunction: context.ownFunction,
    }),
    observations: toCompressedTable(observations),
    warnings: resultWarnings(state, judged, tariff, sizes),
  };
  const withPeer = { ...result, ...peerFields(input, result, observations, prices) };
  return Promise.resolve(withPeer as unknown as StageOutput<'Recommend'>);
};

/** Returns what is to be judged, but for the observations. */
function toRequest(
  { input, target, publishing, trial, triggers, history }: State,
  prices: Prices,
  tariff: Tariff,
): Omit<RecommendRequest, 'observations' | 'isInterrupted'> {
  return {
    input,
    target,
    variants: publishing.variants,
    trial,
    prices: tariff.prices,
    isNotPriced: tariff.kind === 'not-priced' && input.goal.kind !== 'fastest',
    capacity: {
      onDemandUsdPerGbSecond: prices.usdPerGbSecond,
      rates: provisionedRatesOf(target.region, target.architecture),
    },
    named: target,
    ephemeralStorageMb: target.ephemeralStorageMb,
    seed: input.seed,
    triggers,
    traffic: history?.traffic ?? null,
  };
}

/** Returns what a result says of the run and of the decision, but for what takes more than the two. */
function toResult(
  { input, target, run, triggers, trial }: State,
  judged: Parameters<typeof describeDecision>[0],
): Omit<Result, 'sizes' | 'spent' | 'observations' | 'warnings'> {
  return {
    schemaVersion: 1,
    ...describeDecision(judged),
    emulated: false,
    target: {
      function: target.functionArn,
      architecture: target.architecture,
      region: target.region,
      runtime: target.runtime,
    },
    run: {
      id: run.id,
      startedAt: run.startedAt,
      tool: TOOL_VERSION,
      region: target.region,
      machine: null,
      codeSha256: target.codeSha256,
      commit: null,
      payloads: [],
    },
    input,
    current: { memoryMb: target.memoryMb, timeoutSeconds: target.timeoutSeconds },
    facts: {
      ephemeralStorageMb: target.ephemeralStorageMb,
      provisioned: target.provisioned,
      triggers,
      deployment: target.deployment ?? null,
      trial,
    },
  };
}

function nothingMeasured(state: State, judged: NoAnswer): PowerdialError {
  const { ignoreErrors } = state.input;
  const missing = whyReportsAreMissing(state.warnings);
  const ignored = ignoreErrors === undefined ? '' : neverAveragedText(ignoreErrors);
  const answer = { ...judged, sizes: withFailures(judged.sizes, state.failures) };
  return new PowerdialError(
    'NothingMeasured',
    `${noAnswerText(answer)}${budgetText(state)}${missing}${ignored}`,
  );
}

/** Invocations that were left out for the budget are why nothing could be measured. */
function budgetText({ warnings, input }: State): string {
  const isReached = warnings.some(({ code }) => code === 'budget-reached');
  return isReached ? stoppedForBudgetText(input.maxUsd) : '';
}
