import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { machineSchema } from '../shared/machine.ts';

export const resultRunSchema = z.object({
  id: z.string().describe("the execution's name"),
  startedAt: z.string().describe('ISO 8601, UTC'),
  tool: z.string().describe('version of Powerdial'),
  region: z
    .string()
    .nullable()
    .describe('where it was measured; `null` for handlers on a machine and recorded functions'),
  machine: machineSchema
    .nullable()
    .describe('the machine that handlers ran on; `null` on AWS and for recorded functions'),
  codeSha256: z.string().nullable().describe("of the function's code, as Lambda names it"),
  commit: z
    .string()
    .nullable()
    .describe('of a handler on this machine, where a CI system names it in its environment'),
  payloads: z
    .array(z.string().nullable())
    .describe(
      'names of the files that payloads were read from; `null` for others, empty without any',
    ),
});
/** Which run a result is of: what a page says of itself when it is passed on. */
export type ResultRun = DeepReadonly<z.infer<typeof resultRunSchema>>;
