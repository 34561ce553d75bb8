import { PowerdialError, type ErrorFacts } from '../../contract/shared/errors.ts';
import { withOrdinarySpaces } from '../spaces.ts';
import { CHECK_REFUSALS } from './check-refusals.ts';
import { INPUT_REFUSALS } from './input-refusals.ts';
import { RUN_REFUSALS } from './run-refusals.ts';
import { TARGET_REFUSALS } from './target-refusals.ts';

/** Every way in which a stage gives up, with the error's name and the one sentence for it. */
const REFUSALS = {
  ...INPUT_REFUSALS,
  ...TARGET_REFUSALS,
  ...RUN_REFUSALS,
  ...CHECK_REFUSALS,
} as const;

type RefusalCode = keyof typeof REFUSALS;
type FactsOf<Code extends RefusalCode> = Parameters<(typeof REFUSALS)[Code]['say']>[0];

/** A code and its facts. */
export type RefusalFacts = {
  readonly [Code in RefusalCode]: { readonly code: Code } & FactsOf<Code>;
}[RefusalCode];

/**
 * Makes the error of a refusal: named as the workflow knows it, with its sentence, and with its plain facts
 * for programs.
 *
 * @param cause what was caught, where something was
 * @example throw toRefusal({ code: 'deployed-during-check', function: 'orders' });
 */
export function toRefusal(refusal: RefusalFacts, cause?: unknown): PowerdialError {
  const { code, ...facts } = refusal;
  const { name, say } = REFUSALS[code];
  // Each sentence reads the facts of its own code, which the type of its row holds.
  const message = withOrdinarySpaces((say as (facts: object) => string)(facts));
  const options = { facts: { code, ...plainFacts(facts) } };
  return new PowerdialError(name, message, cause === undefined ? options : { ...options, cause });
}

/** Returns the facts that a log line holds as they are. */
function plainFacts(facts: object): ErrorFacts {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value === null || typeof value !== 'object'),
  );
}
