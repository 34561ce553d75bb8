import { z } from 'zod';
import type { Json } from '../json.ts';
import { CHECK_WARNINGS } from './check-warnings.ts';
import { PAYLOAD_WARNINGS } from './payload-warnings.ts';
import { RECOMMENDATION_WARNINGS } from './recommendation-warnings.ts';
import { TARGET_WARNINGS } from './target-warnings.ts';

/**
 * Every warning by its code, with the schema of its facts. Codes are promises. A row here without a sentence
 * in `src/words/warnings`, or a sentence without a row, does not compile.
 */
export const WARNINGS = {
  ...TARGET_WARNINGS,
  ...RECOMMENDATION_WARNINGS,
  ...CHECK_WARNINGS,
  ...PAYLOAD_WARNINGS,
} as const;

export type WarningCode = keyof typeof WARNINGS;

/** The facts of one warning, without its code. One that has none is an empty object. */
export type FactsOf<Code extends WarningCode> = Readonly<z.infer<(typeof WARNINGS)[Code]>>;

/**
 * What core and stages raise: a code and its facts, and no sentence.
 *
 * @example
 * const few: WarningFacts = { code: 'few-observations', memoryMb: 1769, count: 4, basis: 'warm' };
 */
export type WarningFacts = {
  readonly [Code in WarningCode]: FactsOf<Code> extends Record<string, never>
    ? { readonly code: Code }
    : { readonly code: Code } & FactsOf<Code>;
}[WarningCode];

const jsonSchema: z.ZodType<Json> = z.json();

/**
 * A warning as it travels between states and stands in a result: code, sentence and facts. States and
 * results of earlier versions have no facts, and those of later ones may have codes that are unknown here.
 */
export const warningSchema = z
  .object({ code: z.string(), message: z.string() })
  .catchall(jsonSchema);
/** Something the user should know: `code` and facts for programs, `message` for people. */
export type Warning = Readonly<z.infer<typeof warningSchema>>;
