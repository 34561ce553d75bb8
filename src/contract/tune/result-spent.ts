import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';

const numberOrNull = z.number().nullable();

export const resultSpentSchema = z.object({
  invocations: z.int(),
  gbSeconds: z.number(),
  usd: z.number(),
  stateTransitions: z.int(),
  workflowUsd: z
    .number()
    .describe("the state transitions, and in the cloud the workflow's own functions"),
  stages: z
    .object({ gbSeconds: z.number(), usd: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      "the workflow's own functions, at most; `null` where it was played here, without any",
    ),
  history: z
    .object({ bytesScanned: z.number(), usd: numberOrNull })
    .nullable()
    .exactOptional()
    .describe(
      "what Logs Insights scanned of production's logs, and what that costs (`usd` is `null` where its price is not known); `null` where it was not asked, and where the stage that asked died",
    ),
  wallSeconds: z.number(),
  latestChangedSeconds: numberOrNull
    .exactOptional()
    .describe(
      'how long $LATEST was changed in all, for versions to be published; `null` where nobody can tell',
    ),
});
export type ResultSpent = DeepReadonly<z.infer<typeof resultSpentSchema>>;
