import type { JsonataSandbox } from './jsonata-sandbox.ts';
import type { Place } from './place.ts';

/** What every part of the parser needs. Parsing goes on after a problem, so that all are reported. */
export interface ParseContext {
  readonly report: (at: Place, message: string) => void;
  readonly sandbox: JsonataSandbox;
  /** The names that Next, Default and StartAt may hold. */
  readonly stateNames: ReadonlySet<string>;
  /** The Resource strings that there is a function for. */
  readonly resources: ReadonlySet<string>;
}
