import type { FactsOf, WarningCode } from '../../contract/shared/warnings/warning.ts';

/** One sentence for each code of a table of warnings. */
export type Sentences<Table> = {
  readonly [Code in keyof Table & WarningCode]: (facts: FactsOf<Code>) => string;
};
