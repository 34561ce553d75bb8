import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';

export const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() });
/** A point with its 95 % interval. */
export type Interval = DeepReadonly<z.infer<typeof intervalSchema>>;
