import type { Observation } from '../../src/contract/shared/observation.ts';
import type { Round } from '../../src/contract/tune/state.ts';
import type { Variant } from '../../src/contract/tune/publishing.ts';
import type { SettledInput } from '../../src/contract/tune/settled-input.ts';
import { schedule } from '../../src/core/measure/schedule.ts';
import { mostUsd, observationUsd, type SpendingTerms } from '../../src/core/measure/spending.ts';
import { hopelessSizes } from '../../src/core/measure/hopeless.ts';
import { plan, type PlanRequest } from '../../src/core/plan/plan.ts';
import { seededRandom, standardNormal, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';
import { roundLevels } from './round-levels.ts';
import { pricesFor } from './truth.ts';

/** A run as the workflow would have made it. */
export interface SimulatedRun {
  readonly request: PlanRequest;
  readonly rounds: number;
  /** The trial too. */
  readonly usd: number;
  readonly invocations: number;
  readonly longestPlanMs: number;
}

/** A target with a longer timeout is not tried (as in stages/inspect/try-once.ts). */
const LONGEST_TRIED_SECONDS = 30;
/** What publishing new versions takes between rounds. */
const BETWEEN_ROUNDS_MS = 20_000;

/**
 * Plays Plan and Measure in turn until it is enough.
 *
 * @param seed decides what the function does
 * @param measureUsd what Measure reserves from; the input's `maxUsd` is what Plan goes by
 * @param tellsEnvironments whether the log streams of the target can be read
 */
export function simulateRun(
  bench: BenchFunction,
  input: SettledInput,
  seed: number,
  measureUsd = input.maxUsd,
  tellsEnvironments = true,
): SimulatedRun {
  const random = seededRandom(
    seed,
    hashOf(`${bench.name} ${input.goal.kind} ${String(input.invocations)}`),
  );
  const prices = pricesFor(bench);
  const terms: SpendingTerms = {
    prices,
    ephemeralStorageMb: 512,
    timeoutSeconds: input.measureTimeoutSeconds,
  };
  const world: World = {
    bench,
    input,
    terms,
    random,
    environments: new Map(),
    seenEnvironments: 0,
    tellsEnvironments,
    level: 1,
    nowMs: 0,
  };
  const trial =
    bench.present.timeoutSeconds > LONGEST_TRIED_SECONDS
      ? null
      : invoke(
          { ...world, environments: new Map(), seenEnvironments: 0 },
          bench.present.memoryMb,
          0,
          0,
        ).observation;
  let usd = trial === null ? 0 : observationUsd(trial, terms);
  let observations: readonly Observation[] = [];
  let variants: readonly Variant[] = [];
  let longestPlanMs = 0;
  for (let rounds = 0; ; rounds += 1) {
    const request: PlanRequest = {
      input,
      target: bench.present,
      variants,
      observations,
      trial,
      roundsDone: rounds,
      spentUsd: usd,
      prices,
      ephemeralStorageMb: 512,
    };
    const from = performance.now();
    const decision = plan(request);
    longestPlanMs = Math.max(longestPlanMs, performance.now() - from);
    if (decision.kind === 'enough') {
      const invocations = observations.length + (trial === null ? 0 : 1);
      return { request, rounds, usd, invocations, longestPlanMs };
    }
    variants = withVariants(variants, decision.round);
    world.nowMs += BETWEEN_ROUNDS_MS;
    const measured = measureRound(world, decision.round, observations, measureUsd - usd);
    observations = [...observations, ...measured];
    usd += measured.reduce((sum, each) => sum + observationUsd(each, terms), 0);
  }
}

/** FNV-1a: functions and goals must not share their luck, or results would look surer than they are. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

interface World {
  readonly bench: BenchFunction;
  readonly input: SettledInput;
  readonly terms: SpendingTerms;
  readonly random: Random;
  readonly environments: Map<number, Environment[]>;
  /** Environments are numbered in the order in which they were seen, over all sizes. */
  seenEnvironments: number;
  /** Whether log streams tell which environment served an invocation. */
  readonly tellsEnvironments: boolean;
  /** What the machines make of every duration at the moment. */
  level: number;
  nowMs: number;
}

function withVariants(variants: readonly Variant[], round: Round): readonly Variant[] {
  const known = new Set(variants.map(({ memoryMb }) => memoryMb));
  const fresh = round.sizes.filter(({ memoryMb }) => !known.has(memoryMb));
  return [
    ...variants,
    ...fresh.map(({ memoryMb }): Variant => {
      return { memoryMb, version: '1', outcome: 'ready', reason: null };
    }),
  ];
}

/** The round's schedule, a bounded number at a time, as Measure carries it out. */
function measureRound(
  world: World,
  round: Round,
  before: readonly Observation[],
  budgetUsd: number,
): readonly Observation[] {
  const { bench, input, terms, random } = world;
  const planned = schedule(round, {
    seed: input.seed,
    weights: input.payloads.map(({ weight }) => weight),
    concurrency: input.concurrency,
  });
  const measured: Observation[] = [];
  const lanes = new Array<number>(input.concurrency).fill(world.nowMs);
  let underWay: { readonly endMs: number; readonly observation: Observation }[] = [];
  let leftUsd = budgetUsd;
  let hopeless = hopelessSizes(before);
  const levelAt = roundLevels(bench, random, planned.length);
  const settle = (untilMs: number): void => {
    const done = underWay.filter(({ endMs }) => endMs <= untilMs);
    underWay = underWay.filter(({ endMs }) => endMs > untilMs);
    for (const { observation } of done) {
      measured.push(observation);
      leftUsd += mostUsd(observation.memoryMb, terms) - observationUsd(observation, terms);
      if (observation.outcome !== 'ok') hopeless = hopelessSizes([...before, ...measured]);
    }
  };
  for (const [index, { memoryMb, payload }] of planned.entries()) {
    world.level = levelAt(index);
    if (hopeless.has(memoryMb)) continue;
    let lane = lanes.indexOf(Math.min(...lanes));
    settle(lanes[lane] ?? 0);
    if (mostUsd(memoryMb, terms) > leftUsd) {
      // Everything under way has to end before its reserve is free again.
      const idle = Math.max(...lanes);
      settle(idle);
      lanes.fill(idle);
      lane = 0;
    }
    if (mostUsd(memoryMb, terms) > leftUsd) break;
    leftUsd -= mostUsd(memoryMb, terms);
    const made = invoke(world, memoryMb, payload, lanes[lane] ?? 0);
    lanes[lane] = made.endMs;
    underWay.push(made);
  }
  const end = Math.max(...lanes);
  settle(end);
  world.nowMs = end;
  return measured;
}

interface Environment {
  readonly number: number;
  /** What it makes of every duration, for as long as it lives. */
  readonly factor: number;
  /** Standard normal: what wanders from one invocation to the next. */
  state: number;
  served: number;
  freeFromMs: number;
}

function newEnvironment(world: World): Environment {
  const { bench, random } = world;
  const spread = bench.environments?.spread ?? 0;
  world.seenEnvironments += 1;
  return {
    number: world.seenEnvironments - 1,
    // With a mean of 1 over environments.
    factor: spread === 0 ? 1 : Math.exp(spread * standardNormal(random) - spread ** 2 / 2),
    state: bench.environments?.wander === undefined ? 0 : standardNormal(random),
    served: 0,
    freeFromMs: 0,
  };
}

/** What an environment makes of its next invocation; 1 where environments are alike. */
function factorOf(environment: Environment, { bench, random }: World): number {
  const { wander, alike = 0 } = bench.environments ?? {};
  if (wander === undefined) return environment.factor;
  environment.state =
    alike * environment.state + Math.sqrt(1 - alike ** 2) * standardNormal(random);
  return environment.factor * Math.exp(wander * environment.state - wander ** 2 / 2);
}

function invoke(
  world: World,
  memoryMb: number,
  payload: number,
  startMs: number,
): { readonly endMs: number; readonly observation: Observation } {
  const { bench, input, random, environments } = world;
  const own = environments.get(memoryMb) ?? [];
  environments.set(memoryMb, own);
  const free = own.find(({ freeFromMs }) => freeFromMs <= startMs);
  const isNew = free === undefined;
  const environment = free ?? newEnvironment(world);
  const isAhead = isNew && random() < bench.cold.aheadShare;
  const mean =
    bench.meanMs(memoryMb) * bench.driftAt(startMs) * world.level * factorOf(environment, world);
  const wantedMs = isNew
    ? mean * bench.cold.handlerFactor * bench.cold.handlerNoise(random)
    : mean * bench.noiseAt(memoryMb)(random);
  const initMs = isNew && !isAhead ? bench.cold.initMs * bench.cold.initNoise(random) : null;
  const usedMb = bench.usesMb + (bench.leakMb ?? 0) * environment.served;
  const dies = memoryMb < bench.needsMb || (bench.leakMb !== undefined && usedMb > memoryMb);
  const limitMs = input.measureTimeoutSeconds * 1000;
  const outcome = dies ? 'out-of-memory' : wantedMs > limitMs ? 'timeout' : 'ok';
  const durationMs = rounded(Math.min(limitMs, dies ? wantedMs / 2 : wantedMs));
  const billedMs = Math.ceil(durationMs + (initMs ?? 0));
  const endMs = startMs + billedMs;
  environment.freeFromMs = endMs;
  environment.served += 1;
  // What dies or is cut off takes its environment with it.
  const isGone = outcome !== 'ok';
  if (isNew && !isGone) own.push(environment);
  else if (!isNew && isGone) own.splice(own.indexOf(environment), 1);
  return {
    endMs,
    observation: {
      memoryMb,
      durationMs,
      billedMs,
      initMs: initMs === null ? null : rounded(initMs),
      maxMemoryUsedMb: Math.min(memoryMb, Math.round(usedMb)),
      cold: isNew && !isAhead,
      outcome,
      payload,
      atMs: Math.round(startMs),
      environment: world.tellsEnvironments ? environment.number : null,
    },
  };
}

/** As Lambda prints it. */
function rounded(ms: number): number {
  return Math.max(0.01, Math.round(ms * 100) / 100);
}
