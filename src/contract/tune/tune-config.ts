import { inputSchema } from './input.ts';

/** What `tune` in `powerdial.config.json` may say of every run: an input's keys but for those of one run. */
export const tuneConfigSchema = inputSchema
  .omit({ function: true, dryRun: true, peer: true })
  .partial()
  .describe(
    "what `powerdial tune` takes where neither an option nor --input says it: the keys of an execution's input",
  );

interface Payloads {
  readonly payload?: unknown;
  readonly payloads?: readonly { readonly payload: unknown }[] | undefined;
}

/**
 * Payloads that are a text: beside a check's functions, where `payload` names a file, a text would be taken
 * for such a name, and be sent as it stands.
 */
export function textPayloads({ payload, payloads = [] }: Payloads): readonly string[] {
  const given: readonly (readonly [where: string, payload: unknown])[] = [
    ['tune.payload', payload],
    ...payloads.map((each, index) => [`tune.payloads[${index}].payload`, each.payload] as const),
  ];
  return given.flatMap(([where, value]) =>
    typeof value === 'string'
      ? [
          `${where}: wanted the payload itself as JSON, it is the text ${JSON.stringify(value)}; a file goes by --payload`,
        ]
      : [],
  );
}
