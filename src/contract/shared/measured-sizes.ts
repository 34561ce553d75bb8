import { z } from 'zod';
import { schemaProblems } from './schema-problems.ts';

const entrySchema = z
  .strictObject({
    memoryMb: z.int().min(128).max(10_240),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .nullable()
      .describe('`null`: no timeout is recommended'),
    verdict: z.enum(['change', 'keep', 'inconclusive']),
    measuredAt: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'wanted a date such as 2026-11-27')
      .nullable()
      .describe('the day of the run, UTC; `null` where the result does not say it'),
    run: z.string().nullable().describe('the name of the run'),
    codeSha256: z.string().nullable().describe('of the code that was measured, as Lambda names it'),
    runtime: z.string().nullable(),
    emulated: z.literal(true).exactOptional().describe('measured on a machine, and not on AWS'),
  })
  .describe('what one function was measured to need');

/** `powerdial.sizes.json`: what functions were measured to need, by name, for infrastructure code to read. */
export const measuredSizesSchema = z.record(z.string().min(1), entrySchema);

export type MeasuredSize = z.infer<typeof entrySchema>;
export type MeasuredSizesFile = z.infer<typeof measuredSizesSchema>;

export type ParsedMeasuredSizes =
  | { readonly kind: 'valid'; readonly sizes: MeasuredSizesFile }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads the content of a sizes file. `$schema` may stand in it for editors. */
export function parseMeasuredSizes(value: unknown): ParsedMeasuredSizes {
  const { $schema: _, ...rest } = (
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { '': value }
  ) as { readonly [key: string]: unknown };
  const parsed = measuredSizesSchema.safeParse(rest);
  return parsed.success
    ? { kind: 'valid', sizes: parsed.data }
    : { kind: 'invalid', problems: schemaProblems(parsed.error, rest, measuredSizesSchema) };
}

/** Returns the JSON Schema of the file, as `docs/powerdial.sizes.schema.json` publishes it. */
export function measuredSizesJsonSchema(): object {
  return {
    ...z.toJSONSchema(measuredSizesSchema, { io: 'input' }),
    properties: { $schema: { type: 'string' } },
    title: 'powerdial.sizes.json',
  };
}
