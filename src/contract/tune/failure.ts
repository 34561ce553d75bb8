import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';

export const failureSchema = z.object({
  type: z
    .string()
    .nullable()
    .describe('as the function or Lambda names it; `null` where nothing told'),
  message: z.string().nullable().describe('of the first of them, with `logPayloads` only'),
  stack: z.string().exactOptional().describe('its first lines, with `logPayloads` only'),
  count: z.int(),
});
/** Invocations of one size that failed alike. */
export type Failure = DeepReadonly<z.infer<typeof failureSchema>>;

export const failureOfSizeSchema = failureSchema.extend({ memoryMb: z.int() });
export type FailureOfSize = DeepReadonly<z.infer<typeof failureOfSizeSchema>>;
