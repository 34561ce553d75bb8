import { rulesOf } from '../../src/contract/check/rules-of.ts';
import type { CheckObservation, CheckRule, SideFacts } from '../../src/contract/check/check.ts';
import type { Metric } from '../../src/contract/check/metric.ts';
import { shareOfLook } from '../../src/core/compare/alpha-spending.ts';
import { failsCheck, isSettled, judge, overallVerdict } from '../../src/core/compare/judge.ts';
import type { JudgedRule } from '../../src/core/compare/judging.ts';
import { planLooks } from '../../src/core/compare/look-plan.ts';
import { randomIndex, standardNormal, type Random } from '../../src/contract/shared/random.ts';
import { clusteredRate, type Shape } from './noise.ts';

export interface Scenario {
  readonly shape: Shape;
  /** How much slower the head is, as a share. */
  readonly change: number;
  /** Standard deviation of what an environment's invocations share. */
  readonly environmentSpread: number;
  /** Standard deviation of what the whole head shares: it was measured on another day. */
  readonly drift: number;
  readonly stored: boolean;
  /** At most so many environments a side. */
  readonly mostEnvironments: number;
  readonly errors?: ErrorRates;
}

/** Shares of invocations that fail. */
export interface ErrorRates {
  readonly base: number;
  readonly head: number;
  /** How alike the outcomes of one environment are: 0 independent, 1 all the same. */
  readonly alike: number;
}

export interface Simulated {
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** Metrics that regressed. */
  readonly failed: readonly Metric[];
  readonly invocations: number;
}

export const DEFAULT_RULES: readonly CheckRule[] = rulesOf({});

const FACTS: SideFacts = {
  function: 'simulated',
  version: null,
  timeoutSeconds: 30,
  ephemeralStorageMb: 512,
  key: {
    architecture: 'arm64',
    region: 'eu-west-1',
    memoryMb: 1024,
    runtime: 'nodejs24.x',
    layers: [],
    emulation: null,
    toolSchema: 1,
    payloads: null,
  },
};
const MEAN_MS = 120;
const MAX_INVOCATIONS = 400;
const DRIFT_ALLOWED = 0.05;

/** One check as `powerdial check` makes it, on invented durations. */
export function simulateCheck(scenario: Scenario, random: Random): Simulated {
  const { stored } = scenario;
  const looks = planLooks({
    maxInvocations: MAX_INVOCATIONS,
    sides: 2,
    mostEnvironments: scenario.mostEnvironments,
  });
  const last = looks.at(-1);
  const base = new SimulatedSide(scenario, { factor: 1, errors: scenario.errors?.base }, random);
  const head = simulatedHead(scenario, random);
  if (stored && last !== undefined) base.measure(last.invocationsPerSide, last.environmentsPerSide);
  for (const look of looks) {
    if (!stored) base.measure(look.invocationsPerSide, look.environmentsPerSide);
    head.measure(look.invocationsPerSide, look.environmentsPerSide);
    const judgements = judge(
      DEFAULT_RULES,
      {
        base: { facts: FACTS, observations: base.observations },
        head: { facts: FACTS, observations: head.observations },
      },
      {
        comparisons: DEFAULT_RULES.length,
        falseAlarmRate: 0.01,
        shareOfLook: shareOfLook(look.number),
        driftSpread: stored ? DRIFT_ALLOWED : 0,
        isLast: look === last,
      },
    );
    if (isSettled(judgements) || look === last) {
      const invocations = head.observations.length + (stored ? 0 : base.observations.length);
      return { verdict: overallVerdict(judgements), failed: namesOf(judgements), invocations };
    }
  }
  throw new Error('There is no last look.');
}

function namesOf(judgements: readonly JudgedRule[]): readonly Metric[] {
  return judgements.filter(failsCheck).map(({ metric }) => metric);
}

function simulatedHead(scenario: Scenario, random: Random): SimulatedSide {
  const factor = (1 + scenario.change) * Math.exp(scenario.drift * standardNormal(random));
  return new SimulatedSide(scenario, { factor, errors: scenario.errors?.head }, random);
}

interface SimulatedFacts {
  readonly factor: number;
  readonly errors?: number | undefined;
}

class SimulatedSide {
  readonly observations: CheckObservation[] = [];
  readonly #effects: number[] = [];
  /** Of each environment, the share of its invocations that fail. */
  readonly #errorRates: number[] = [];
  readonly #errors: number;
  readonly #scenario: Scenario;
  readonly #factor: number;
  readonly #random: Random;

  constructor(scenario: Scenario, { factor, errors = 0 }: SimulatedFacts, random: Random) {
    this.#scenario = scenario;
    this.#factor = factor;
    this.#errors = errors;
    this.#random = random;
  }

  /** Goes on until so many invocations have been made; bursts find any idle environment. */
  measure(invocations: number, environments: number): void {
    while (this.#effects.length < environments) this.#startEnvironment();
    while (this.observations.length < invocations) {
      this.#invoke(randomIndex(this.#random, environments), false);
    }
  }

  #startEnvironment(): void {
    this.#effects.push(Math.exp(this.#scenario.environmentSpread * standardNormal(this.#random)));
    const alike = this.#scenario.errors?.alike ?? 0;
    this.#errorRates.push(
      this.#errors === 0 ? 0 : clusteredRate(this.#random, this.#errors, alike),
    );
    this.#invoke(this.#effects.length - 1, true);
  }

  #invoke(environment: number, cold: boolean): void {
    const noise = this.#scenario.shape.draw(this.#random);
    const ms = MEAN_MS * this.#factor * noise * (this.#effects[environment] ?? 1) * (cold ? 3 : 1);
    const rate = this.#errorRates[environment] ?? 0;
    const fails = rate > 0 && this.#random() < rate;
    // An invocation that fails is over soon: if it were in the durations, the head would look fast.
    const durationMs = Math.round(ms * (fails ? 10 : 100)) / 100;
    this.observations.push({
      environment,
      memoryMb: FACTS.key.memoryMb,
      durationMs,
      billedMs: Math.ceil(durationMs + (cold ? 200 : 0)),
      initMs: cold ? 200 : null,
      maxMemoryUsedMb: 80,
      cold,
      outcome: fails ? 'error' : 'ok',
      payload: 0,
      atMs: this.observations.length,
    });
  }
}

/** What many do today: 50 + 50, Mann–Whitney at 0.05, no minimum effect. True: an alarm (head slower). */
export function fixedMannWhitney(scenario: Scenario, random: Random): boolean {
  const base = new SimulatedSide(scenario, { factor: 1 }, random);
  const head = simulatedHead(scenario, random);
  const environments = Math.min(8, scenario.mostEnvironments);
  // Cold ones are left out and come on top.
  base.measure(50 + environments, environments);
  head.measure(50 + environments, environments);
  const warm = (side: SimulatedSide): number[] =>
    side.observations.filter(({ cold }) => cold === false).map(({ durationMs }) => durationMs ?? 0);
  return mannWhitneySlower(warm(base), warm(head));
}

/** Two-sided at 0.05 by the normal approximation, with mid-ranks; true where the head is the slower one. */
function mannWhitneySlower(base: readonly number[], head: readonly number[]): boolean {
  const all = [
    ...base.map((ms) => ({ ms, head: false })),
    ...head.map((ms) => ({ ms, head: true })),
  ].sort((a, b) => a.ms - b.ms);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.ms === all[from]?.ms) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let index = from; index < to; index += 1) if (all[index]?.head === true) rankSum += rank;
    from = to;
  }
  const [n, m] = [base.length, head.length];
  const u = rankSum - (m * (m + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12) > 1.96;
}
