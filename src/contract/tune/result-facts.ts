import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { triggerSchema } from '../shared/trigger.ts';
import { deploymentSchema } from './target.ts';
import { trialSchema } from './trial.ts';

export const resultFactsSchema = z.object({
  ephemeralStorageMb: z.int(),
  provisioned: z
    .int()
    .nullable()
    .describe('executions that are kept ready, of all aliases and versions; `null`: not known'),
  triggers: z.array(triggerSchema),
  deployment: deploymentSchema.nullable(),
  trial: trialSchema
    .nullable()
    .describe('the invocation at the present size before the run measured; `null`: none was made'),
});
/** What a recommendation rests on beside the observations and the input. */
export type ResultFacts = DeepReadonly<z.infer<typeof resultFactsSchema>>;
