import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { API_KINDS } from '../shared/trigger.ts';

const numberOrNull = z.number().nullable();

export const timeoutResultSchema = z.object({
  recommendedSeconds: z.int().nullable(),
  quantileMs: z.object({ estimate: numberOrNull, high: numberOrNull }),
  basis: z.enum(['observations', 'fitted-tail', 'insufficient']),
  source: z
    .enum(['experiment', 'history'])
    .exactOptional()
    .describe(
      "whose tail it is: the run's own, or production's, moved to the recommended size by the measured ratio",
    ),
  limits: z
    .array(
      z.object({
        source: z.string(),
        maxSeconds: numberOrNull,
        kind: z
          .enum(API_KINDS)
          .exactOptional()
          .describe('of API Gateway, where its permission tells it'),
      }),
    )
    .describe('callers that wait for the function, and how long'),
  present: z
    .enum(['fits', 'too-tight', 'too-loose'])
    .nullable()
    .exactOptional()
    .describe('how the present timeout does; `null` where too little is known to say'),
  hungCallUsd: z
    .object({ present: numberOrNull, recommended: numberOrNull })
    .exactOptional()
    .describe('what one call that hangs until the timeout costs, at the recommended size'),
  neededObservations: z
    .int()
    .nullable()
    .exactOptional()
    .describe('where the basis is insufficient: how many warm observations a bound takes at least'),
  observed: z
    .object({ ms: z.number(), exceededByAtMost: z.number(), confidence: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      'what the warm observations of the size bound without any assumption: at most this share takes longer',
    ),
});
export type TimeoutResult = DeepReadonly<z.infer<typeof timeoutResultSchema>>;
