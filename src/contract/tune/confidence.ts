import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { intervalSchema } from './interval.ts';

const numberOrNull = z.number().nullable();

const runnerUpSchema = z.object({ memoryMb: z.int(), probability: z.number() });
/** A size that was not recommended, and the probability that it is what the goal asks for. */
export type RunnerUp = DeepReadonly<z.infer<typeof runnerUpSchema>>;

const unsureSchema = z.object({
  what: z.enum([
    'choice',
    'present-size',
    'limits',
    'few-observations',
    'payloads',
    'repeats',
    'interrupted',
    'price',
    'traffic',
  ]),
  probability: numberOrNull.describe(
    '`null` where nothing tells: with too few observations, or where other things were measured or priced than wanted',
  ),
});
/**
 * What keeps a verdict from being `change` or `keep`: that the choice is good enough, that the present size
 * is as good (the choice is sure then), that the limits are kept, that there are values enough to judge, or that
 * calls unlike the payload would not turn it.
 */
export type Unsure = DeepReadonly<z.infer<typeof unsureSchema>>;

export const confidenceSchema = z.object({
  withinTolerance: numberOrNull.describe(
    'probability that the recommended size is, within `tolerance`, what the goal asks for; best-value: cheap enough, and as fast as the fastest that is',
  ),
  runnerUp: runnerUpSchema
    .nullable()
    .exactOptional()
    .describe(
      'of the other sizes, the one that most probably is what the goal asks for; `null` where there is no other',
    ),
  unsure: unsureSchema
    .nullable()
    .exactOptional()
    .describe('of an inconclusive verdict, what is unsure, and how probable it is'),
  tolerance: z.number(),
  savingsFraction: intervalSchema
    .nullable()
    .describe('against the current setting; `null` where that was not measured'),
  speedup: intervalSchema.nullable(),
});
export type Confidence = DeepReadonly<z.infer<typeof confidenceSchema>>;
