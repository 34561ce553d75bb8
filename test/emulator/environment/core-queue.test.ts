import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CoreQueue, type CoreHold } from '../../../src/emulator/environment/core-queue.ts';

/** Lets everything that can be granted be granted. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the queue for cores never hands out more than there are, and serves in the order of asking', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.integer({ min: 128, max: 16_000 }), { minLength: 1, maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      async (cores, memorySizes, choices) => {
        const queue = new CoreQueue(cores);
        const granted: number[] = [];
        const held = new Map<number, { cores: number; hold: CoreHold }>();
        const asked = memorySizes.map(async (memoryMb, index) => {
          const share = memoryMb / 1769;
          const { hold } = await queue.acquire(() => ({
            cores: share,
            take: () => granted.push(index),
          }));
          held.set(index, { cores: Math.min(share, cores), hold });
        });
        while (granted.length < memorySizes.length || held.size > 0) {
          await settle();
          const sum = [...held.values()].reduce((total, one) => total + one.cores, 0);
          expect(sum).toBeLessThanOrEqual(cores + 1e-6);
          expect(queue.free).toBeCloseTo(cores - sum, 6);
          // Whoever is next does not fit, or would have been granted.
          const next = memorySizes[granted.length];
          if (next !== undefined) {
            expect(Math.min(next / 1769, cores)).toBeGreaterThan(cores - sum - 1e-6);
          }
          const keys = [...held.keys()];
          const released = keys[choices.next().value % keys.length];
          if (released === undefined) continue;
          held.get(released)?.hold.release();
          held.delete(released);
        }
        await Promise.all(asked);
        expect(granted).toEqual(memorySizes.map((_, index) => index));
      },
    ),
    { numRuns: 50 },
  );
});

test('the queue for cores asks again how much is wanted when the turn comes', async () => {
  const queue = new CoreQueue(2);
  const first = await queue.acquire(() => ({ cores: 2, take: () => 'first' }));
  let wanted = 2;
  const second = queue.acquire(() => ({ cores: wanted, take: () => wanted }));
  wanted = 0.5;
  first.hold.shrinkTo(1.5);
  expect((await second).taken).toBe(0.5);
});

test('the queue for cores counts a share that is released twice as free once', async () => {
  const queue = new CoreQueue(1);
  const { hold } = await queue.acquire(() => ({ cores: 1, take: () => null }));
  hold.shrinkTo(0.25);
  hold.shrinkTo(0.5);
  expect(queue.free).toBe(0.75);
  hold.release();
  hold.release();
  expect(queue.free).toBe(1);
});

test('the queue for cores rejects those who wait when it is closed', async () => {
  const queue = new CoreQueue(1);
  await queue.acquire(() => ({ cores: 1, take: () => null }));
  const waiting = queue.acquire(() => ({ cores: 1, take: () => null }));
  queue.close(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
  await expect(queue.acquire(() => ({ cores: 0, take: () => null }))).rejects.toThrow('closed');
});
