import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { observationSchema } from '../shared/observation.ts';

/** The one invocation of a run before it measures, of $LATEST as it is. */
export const trialSchema = observationSchema.extend({
  /**
   * The trial ended in an error that the input does not allow: a larger size tells whether that ends the run.
   */
  failed: z.literal(true).exactOptional(),
});
export type Trial = DeepReadonly<z.infer<typeof trialSchema>>;
