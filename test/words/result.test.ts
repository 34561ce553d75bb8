import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { comparisonText, savingsText, speedupText } from '../../src/words/result/comparison.ts';
import { confidenceText } from '../../src/words/result/confidence.ts';
import { emulationText } from '../../src/words/result/emulation.ts';
import { goalText } from '../../src/words/result/goal.ts';
import { nextStep } from '../../src/words/result/next-step.ts';
import { spentText } from '../../src/words/result/spent.ts';
import { targetName } from '../../src/words/result/target.ts';
import { callersText, timeoutText } from '../../src/words/result/timeout.ts';
import { change, inconclusive, keep } from '../report/fixtures/results.ts';

function plainSpaces(text: string | null): string | null {
  return text?.replaceAll('\u00a0', ' ') ?? null;
}

describe('against the present size', () => {
  it.each([
    [{ estimate: 0.21, low: 0.15, high: 0.27 }, '21 % cheaper (15 to 27 %)'],
    [{ estimate: -0.08, low: -0.11, high: -0.05 }, '8 % more expensive (5 to 11 %)'],
    [
      { estimate: 0.01, low: -0.03, high: 0.04 },
      'no clear difference in cost (3 % more expensive to 4 % cheaper)',
    ],
  ])('says what %j saves', (savings, text) => {
    expect(plainSpaces(savingsText(savings))).toBe(text);
  });

  it.each([
    [{ estimate: 1.8, low: 1.6, high: 2 }, '1.8 times as fast (1.6 to 2.0)'],
    [{ estimate: 0.5, low: 0.4, high: 0.8 }, 'takes 2.0 times as long (1.3 to 2.5)'],
    [
      { estimate: 1, low: 0.97, high: 1.04 },
      'no clear difference in speed (0.97 to 1.04 times as fast)',
    ],
    [{ estimate: 1, low: -1, high: 0.5 }, /no clear difference/],
  ])('says how much faster %j is', (speedup, text) => {
    expect(plainSpaces(speedupText(speedup))).toMatch(text);
  });

  it('is silent where there is nothing to compare', () => {
    expect(comparisonText(keep)).toBeNull();
    expect(
      comparisonText({ ...change, current: { memoryMb: null, timeoutSeconds: 3 } }),
    ).toBeNull();
  });
});

describe('confidence', () => {
  const withGoal = (kind: Result['input']['goal']['kind'], withinTolerance: number | null) =>
    plainSpaces(
      confidenceText({
        ...change,
        input: { ...change.input, goal: { kind, tolerance: 0.05, weight: 0.5 } },
        confidence: { ...change.confidence, withinTolerance },
      }),
    );

  it.each([
    [
      'best-value',
      0.97,
      'high: 97 % that 1769 MB costs at most 5 % more than the cheapest and is, within 5 %, the fastest that does',
    ],
    ['cheapest', 0.995, 'very high: 99.5 % that 1769 MB costs at most 5 % more than the cheapest'],
    ['fastest', 0.8, 'fair: 80 % that 1769 MB takes at most 5 % longer than the fastest'],
    [
      'balanced',
      0.3,
      'very low: 30 % that 1769 MB is within 5 % of the best balance of cost and duration',
    ],
    ['cheapest', null, 'not known: too little was measured to put a number on it'],
  ] as const)('for %s at %s: %s', (kind, probability, text) => {
    expect(withGoal(kind, probability)).toBe(text);
  });
});

describe('timeout', () => {
  const timeoutOf = (recommendedSeconds: number | null, timeoutSeconds: number | null) =>
    plainSpaces(
      timeoutText({
        ...change,
        timeout: {
          recommendedSeconds,
          quantileMs: { estimate: null, high: null },
          basis: 'insufficient',
          limits: [],
        },
        current: { memoryMb: 512, timeoutSeconds },
      }),
    );

  it.each([
    [6, 30, '6 s instead of 30 s'],
    [30, 30, 'keep 30 s'],
    [6, null, '6 s'],
    [null, 30, 'keep 30 s'],
    [null, null, 'none recommended'],
  ])('of %s where it is %s', (recommended, current, text) => {
    expect(timeoutOf(recommended, current)).toBe(`${text}: too few observations to bound it`);
  });
});

describe('what was asked for and what it took', () => {
  it('names the goal and its limits', () => {
    const limits = { durationMs: { p95: 800 }, costUsdPerMillion: 2 };
    const goal = { kind: 'balanced', tolerance: 0.05, weight: 0.7 } as const;
    expect(plainSpaces(goalText({ ...change.input, goal, limits }, 'USD'))).toBe(
      'balanced: cost weighs 70 %, duration 30 %; p95 at most 800 ms; at most 2.00 USD per million invocations',
    );
  });

  it('says that an emulation is billed nothing', () => {
    expect(plainSpaces(spentText(inconclusive))).toBe(
      '316 invocations (0.0027 USD) and 31 state transitions (0.00077 USD) in 1 min 24 s, at AWS prices: here nothing is billed',
    );
    expect(spentText(change)).not.toContain('billed');
  });

  it('says for how long $LATEST was changed, where that is known and somebody may have met it', () => {
    const changedFor = (latestChangedSeconds: number | null, emulated = false) =>
      plainSpaces(
        spentText({ ...change, emulated, spent: { ...change.spent, latestChangedSeconds } }),
      );
    expect(changedFor(3.4)).toMatch(/; \$LATEST was changed for 3\.4 s of it$/);
    expect(changedFor(null)).not.toContain('LATEST');
    expect(changedFor(0)).not.toContain('LATEST');
    expect(changedFor(3.4, true)).not.toContain('LATEST');
  });

  it.each([
    ['cgroup-v1', 'cgroup v1'],
    ['cgroup-v2', 'cgroup v2'],
    ['settle', 'held back'],
    ['recorded', 'recorded function'],
    ['hypervisor', 'made by hypervisor'],
    ['toString', 'made by toString'],
  ])('says how the CPU share was made by %s', (cpu, words) => {
    expect(emulationText({ ...inconclusive, emulation: { cpu } })).toContain(words);
  });

  it('says what may be missed where processes were only looked at now and then', () => {
    const emulation = { cpu: 'settle', meter: 'posix' } as const;
    expect(emulationText({ ...inconclusive, emulation })).toContain('may be missed');
    expect(emulationText({ ...inconclusive, emulation: { cpu: 'settle' } })).not.toContain(
      'missed',
    );
  });

  it('says nothing about an emulation where there was none', () => {
    expect(emulationText(change)).toBeNull();
  });
});

describe('callersText', () => {
  it('knows that API Gateway has two kinds of API, and a limit that may be raised', () => {
    const text = callersText([{ source: 'apigateway', maxSeconds: 29 }]).replaceAll('\u00a0', ' ');
    expect(text).toBe(
      'API Gateway usually waits 29 s (a REST API whose limit was not raised; an HTTP API waits 30 s)',
    );
    expect(callersText([{ source: 'toString', maxSeconds: null }])).toMatch(/^toString: /);
  });
});

describe('targetName', () => {
  it.each([
    ['arn:aws:lambda:eu-west-1:123456789012:function:orders', 'orders'],
    ['arn:aws:lambda:eu-west-1:123456789012:function:orders:live', 'orders'],
    ['arn:aws-cn:lambda:cn-north-1:123456789012:function:orders', 'orders'],
    ['orders', 'orders'],
  ])('finds the name in %s', (name, short) => {
    expect(targetName({ ...change, target: { ...change.target, function: name } })).toBe(short);
  });
});

describe('nextStep', () => {
  const aws =
    'aws lambda update-function-configuration --region eu-west-1 --function-name thumbnail';

  it('sets what is recommended', () => {
    expect(nextStep(change).command).toBe(`${aws} --memory-size 1769 --timeout 2`);
  });

  it('leaves the memory alone where only the timeout is to change', () => {
    const recommendation = { ...keep.recommendation, memoryMb: 1024, timeoutSeconds: 6 };
    expect(nextStep({ ...keep, recommendation }).command).toBe(`${aws} --timeout 6`);
  });

  it('has nothing to do where all is well', () => {
    expect(nextStep(keep)).toEqual({
      text: 'nothing: the function is well set as it is',
      command: null,
    });
  });

  it('measures more where nothing is certain: twice as much a size', () => {
    expect(nextStep(inconclusive).text).toContain('--invocations 20');
  });

  it('sends an emulation to AWS', () => {
    expect(nextStep({ ...change, emulated: true }).command).toBe('powerdial tune <function>');
  });

  it('tells the way back from what was applied', () => {
    const applied = { memoryMb: 1769, timeoutSeconds: 2, alias: null, version: null };
    expect(nextStep({ ...change, applied }).command).toBe(`${aws} --memory-size 512 --timeout 30`);
  });

  it('quotes a name that a shell would read', () => {
    const target = { ...change.target, function: "a'; rm -rf $HOME #" };
    expect(nextStep({ ...change, target }).command).toContain(
      String.raw`--function-name 'a'\''; rm -rf $HOME #' --memory-size`,
    );
  });
});
