import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelWidth, placeLabels } from '../../../src/report/charts/label-places.ts';
import { samplesBySize } from '../../../src/report/charts/samples.ts';
import { linearScale, logScale, scaleFromZero } from '../../../src/report/charts/scales.ts';
import { sizePoints } from '../../../src/report/charts/size-points.ts';
import { timeoutRows } from '../../../src/report/charts/timeout-rows.ts';
import { paretoEdge } from '../../../src/report/charts/trade-scatter.ts';
import { arbitraryResult } from '../fixtures/arbitrary-result.ts';
import { allNull, change, died, size, survivors } from '../fixtures/results.ts';

describe('paretoEdge', () => {
  it('is, by hand: 1769 MB is cheapest, only 3008 MB is faster', () => {
    expect(paretoEdge(sizePoints(change)).map(({ memoryMb }) => memoryMb)).toEqual([3008, 1769]);
  });

  it('leaves out exactly the sizes that another one beats', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const points = sizePoints(result);
        const edge = paretoEdge(points);
        for (const point of points) {
          const beaten = points.some(
            (other) =>
              other.durationMs.mean <= point.durationMs.mean &&
              other.cost.mean <= point.cost.mean &&
              (other.durationMs.mean < point.durationMs.mean || other.cost.mean < point.cost.mean),
          );
          // Of two that are equal in both, one stands for the other.
          const twin = edge.some(
            (other) =>
              other.durationMs.mean === point.durationMs.mean &&
              other.cost.mean === point.cost.mean,
          );
          expect(edge.includes(point) || beaten || twin).toBe(true);
          expect(edge.includes(point) && beaten).toBe(false);
        }
      }),
    );
  });
});

describe('sizePoints', () => {
  it('draws what was measured, in order of memory', () => {
    const sizes = [size(512, 10, 1, 1), died(256, 'timeout', null), size(128, 20, 2, 1)];
    const points = sizePoints({ ...change, sizes });
    expect(points.map(({ memoryMb }) => memoryMb)).toEqual([128, 512]);
    expect(sizePoints(allNull)).toEqual([]);
  });

  it('keeps intervals around their means and above zero', () => {
    const [point] = sizePoints({ ...change, sizes: [size(512, 10, 25, 1)] });
    expect(point?.durationMs).toEqual({ mean: 10, low: 1, high: 35 });
  });
});

describe('scales', () => {
  it.each([
    ['a wide range', [10, 3000], [10, 20, 50, 100, 200, 500, 1000, 2000]],
    ['a narrow one', [100, 130], [100, 110, 120, 130]],
    ['many decades', [1, 900_000], [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]],
  ])('names round values over %s', (_, values, ticks) => {
    expect(logScale(values, [0, 100]).ticks).toEqual(ticks);
  });

  it('begins at zero, unless small values would vanish', () => {
    expect(scaleFromZero([10, 16], [100, 0]).at(0)).toBe(100);
    expect(scaleFromZero([0.2, 100], [100, 0]).ticks).not.toContain(0);
  });

  it('keeps every value inside, in order', () => {
    const values = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (raw) => {
        for (const make of [logScale, linearScale, scaleFromZero]) {
          const scale = make(raw, [0, 100]);
          const places = raw.toSorted((a, b) => a - b).map(scale.at);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
          for (const place of places) {
            expect(place).toBeGreaterThanOrEqual(-1e-6);
            expect(place).toBeLessThanOrEqual(100 + 1e-6);
          }
          expect(scale.ticks.length).toBeLessThan(30);
        }
      }),
    );
  });
});

describe('placeLabels', () => {
  const bounds = { left: 0, top: 0, right: 200, bottom: 20 };
  const at = (x: number) => ({ text: '1024', places: [{ x, y: 15, anchor: 'start' as const }] });

  it('gives the first label its place, and none to one that would cover it', () => {
    const places = placeLabels([at(10), at(15), at(100)], bounds);
    expect(places.map((place) => place?.x)).toEqual([10, undefined, 100]);
  });

  it('takes the next place where the first is taken, and leaves out what would stick out', () => {
    const second = { text: '1024', places: [...at(12).places, ...at(60).places] };
    expect(placeLabels([at(10), second, at(190)], bounds).map((place) => place?.x)).toEqual([
      10,
      60,
      undefined,
    ]);
  });

  it('never lets two of one line overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 180 })), (xs) => {
        const placed = placeLabels(xs.map(at), bounds).flatMap((place) => place?.x ?? []);
        const sorted = placed.toSorted((a, b) => a - b);
        for (const [index, x] of sorted.entries()) {
          const next = sorted[index + 1] ?? Infinity;
          expect(next - x).toBeGreaterThanOrEqual(labelWidth('1024'));
        }
      }),
    );
  });
});

describe('samplesBySize', () => {
  it('tells warm, cold and failed invocations apart', () => {
    const samples = samplesBySize(survivors);
    // The fixture has one failed row for each size that died, 2 cold ones of 24 for the other.
    expect(
      samples?.map(({ memoryMb, warmMs, coldMs, without }) => [
        memoryMb,
        warmMs.length,
        coldMs.length,
        without,
      ]),
    ).toEqual([
      [128, 0, 0, 1],
      [256, 0, 0, 1],
      [512, 0, 0, 1],
      [1024, 22, 2, 0],
      [4096, 0, 0, 1],
    ]);
  });

  it('knows nothing of compressed observations', () => {
    expect(samplesBySize(allNull)).toBeNull();
  });
});

describe('timeoutRows', () => {
  it('lines up what was observed, what is set and who waits', () => {
    expect(
      timeoutRows(change).map(({ text, ms, highMs }) => [text, Math.round(ms), highMs]),
    ).toEqual([
      ['warm p50', 333, null],
      ['warm p99', 407, null],
      ['longest warm', 441, null],
      ['99.9\u00a0% of all', 813, 1204.2],
      ['recommended', 2000, null],
      ['current', 30_000, null],
      ['apigateway-rest', 29_000, null],
    ]);
  });
});
