import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import type { Variant } from '../../../src/contract/tune/publishing.ts';
import type { SettledInput } from '../../../src/contract/tune/settled-input.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { mostInvocations, plan, type PlanDecision } from '../../../src/core/plan/plan.ts';
import { around, failed, ready, refused, settled, using } from '../observed.ts';

interface Given {
  readonly presentMb?: number;
  readonly timeoutSeconds?: number;
  readonly calledUnqualified?: boolean;
  readonly trial?: Observation | null;
  readonly beforeTrial?: boolean;
  readonly observations?: readonly Observation[];
  readonly variants?: readonly Variant[];
  readonly roundsDone?: number;
}

function planOf(input: SettledInput, given: Given = {}): PlanDecision {
  const { presentMb = 1024, timeoutSeconds = 30, calledUnqualified = true, ...rest } = given;
  return plan({
    input,
    target: { memoryMb: presentMb, timeoutSeconds, calledUnqualified },
    variants: [],
    observations: [],
    trial: null,
    roundsDone: 0,
    spentUsd: 0,
    prices: pricesOf('us-east-1', 'arm64'),
    ephemeralStorageMb: 512,
    ...rest,
  });
}

function sizesIn(decision: PlanDecision): number[] {
  return decision.kind === 'enough' ? [] : decision.round.sizes.map(({ memoryMb }) => memoryMb);
}

describe('automatic sizes', () => {
  it('leave out what does not hold the memory that the trial used, whoever calls', () => {
    for (const calledUnqualified of [true, false]) {
      // 620 ÷ 0.9 = 688.9: 512 MB is too small, 1,024 MB is not.
      const trial = using(1024, 620);
      expect(sizesIn(planOf(settled(), { trial, calledUnqualified }))).toEqual([1024, 1769, 3008]);
    }
  });

  it('keep sizes below the present one that hold it', () => {
    // 460 ÷ 0.9 = 511.1: 512 MB is just enough; 461 ÷ 0.9 = 512.2.
    const with460 = planOf(settled(), { presentMb: 3008, trial: using(3008, 460) });
    expect(sizesIn(with460)).toEqual([512, 1024, 1769, 3008]);
    const with461 = planOf(settled(), { presentMb: 3008, trial: using(3008, 461) });
    expect(sizesIn(with461)).toEqual([1024, 1769, 3008]);
  });

  it('hold the present size also where it is nearly full', () => {
    expect(sizesIn(planOf(settled(), { presentMb: 512, trial: using(512, 500) }))).toEqual([
      512, 1024, 1769, 3008,
    ]);
  });

  it.each([null, using(1024, null)])(
    'are the present one and larger ones where nothing tells what is used (trial: %o)',
    (trial) => {
      expect(sizesIn(planOf(settled(), { trial }))).toEqual([1024, 1769, 3008]);
    },
  );

  it('look at larger ones where fewer than two are left', () => {
    expect(sizesIn(planOf(settled(), { presentMb: 3008 }))).toEqual([3008, 5307, 10_240]);
    const died = failed(3008, 'out-of-memory', 9);
    expect(sizesIn(planOf(settled(), { presentMb: 3008, trial: died }))).toEqual([5307, 10_240]);
  });

  it('are all likely ones in a plan that is told before the trial', () => {
    expect(sizesIn(planOf(settled(), { beforeTrial: true }))).toEqual([
      128, 256, 512, 1024, 1769, 3008,
    ]);
  });

  it('come to smaller sizes as soon as measurements tell what is used', () => {
    const observations = [1024, 1769, 3008].flatMap((memoryMb) =>
      Array.from({ length: 4 }, () => using(memoryMb, 300, 200)),
    );
    for (const invocations of ['auto', 4] as const) {
      const input = settled({ invocations });
      const state = { observations, variants: ready(1024, 1769, 3008), roundsDone: 1 };
      // 300 ÷ 0.9 = 333.3.
      expect(sizesIn(planOf(input, { ...state, timeoutSeconds: 300 }))).toEqual([512]);
      const most = mostInvocations(input, { memoryMb: 1024 });
      expect(most).toBeGreaterThanOrEqual(16);
    }
  });

  it('come to larger sizes where all that were tried ran out of memory', () => {
    const sizes = [1024, 1769, 3008];
    const decision = planOf(settled(), {
      observations: sizes.map((memoryMb) => failed(memoryMb, 'out-of-memory', 9)),
      variants: ready(...sizes),
      roundsDone: 1,
    });
    expect(sizesIn(decision)).toEqual([5307, 10_240]);
    const capped = planOf(settled(), {
      observations: [1024, 1769].map((memoryMb) => failed(memoryMb, 'out-of-memory', 9)),
      variants: [...ready(1024, 1769), refused(3008, 'the account allows 2,048 MB')],
      roundsDone: 1,
    });
    expect(sizesIn(capped)).toEqual([]);
  });

  it('add no size between two that is too small for the memory that was used', () => {
    // 700 MB lies between 512 and 1,024 MB, and 650 ÷ 0.9 = 722.
    const observations = [512, 1024].flatMap((memoryMb) =>
      around(memoryMb, 100_000 / memoryMb).map((each) => ({ ...each, maxMemoryUsedMb: 450 })),
    );
    const found = [...observations, using(1024, 650)];
    const decision = planOf(settled(), {
      presentMb: 512,
      observations: found,
      variants: ready(512, 1024, 1769, 3008),
      roundsDone: 1,
    });
    for (const memoryMb of sizesIn(decision).filter((size) => size !== 512)) {
      expect(memoryMb).toBeGreaterThan(722);
    }
  });
});

describe('listed sizes below what is used', () => {
  const memorySizes = [128, 512, 1024];
  const trial = using(1024, 620);

  it('are refused with the reason where something calls $LATEST', () => {
    const decision = planOf(settled({ memorySizes }), { trial });
    expect(sizesIn(decision)).toEqual([1024]);
    // 620 MB ÷ 0.9 is 688.9 MB.
    const reason = { code: 'below-memory-in-use', usedMb: 620, leastMemoryMb: 689 };
    expect(decision.refused).toEqual([
      { memoryMb: 128, reason },
      { memoryMb: 512, reason },
    ]);
  });

  it('are tried where nothing calls $LATEST, with allowSmall, or where nothing tells what is used', () => {
    const input = settled({ memorySizes });
    expect(sizesIn(planOf(input, { trial, calledUnqualified: false }))).toEqual(memorySizes);
    expect(sizesIn(planOf({ ...input, allowSmall: true }, { trial }))).toEqual(memorySizes);
    expect(sizesIn(planOf(input, { trial: using(1024, null) }))).toEqual(memorySizes);
  });

  it('are tried where one is the present size: it is set already', () => {
    const decision = planOf(settled({ memorySizes: [512] }), { presentMb: 512, trial });
    expect(sizesIn(decision)).toEqual([512]);
  });

  it('end the run before anything is set where no other size is listed', () => {
    const decision = planOf(settled({ memorySizes: [128, 256] }), { trial });
    expect(decision).toMatchObject({ kind: 'enough' });
    expect(decision.refused).toHaveLength(2);
  });
});
