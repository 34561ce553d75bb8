import type { Json } from '../../contract/shared/json.ts';
import { holdLimit, sizeBytes, VARIABLES_LIMIT_BYTES } from './data-limits.ts';

/** The variables of an execution. Never changed in place: a state sees them as they were on its entry. */
export class Variables {
  static readonly none = new Variables(new Map(), new Map());

  private constructor(
    private readonly values: ReadonlyMap<string, Json>,
    private readonly sizes: ReadonlyMap<string, number>,
  ) {}

  toRecord(): Readonly<Record<string, Json>> {
    return Object.fromEntries(this.values);
  }

  /**
   * The variables after an assignment, all at once.
   *
   * @throws {StatesError} States.DataLimitExceeded: one Assign field, with all variables in it, may hold
   * 256 KiB, all variables of the execution together 10 MiB.
   */
  assign(assigned: ReadonlyMap<string, Json>): Variables {
    if (assigned.size === 0) return this;
    const sizes = new Map([...assigned].map(([name, value]) => [name, sizeBytes(value)]));
    holdLimit('The Assign field', sum(sizes.values()));
    const allSizes = new Map([...this.sizes, ...sizes]);
    holdLimit('The variables together', sum(allSizes.values()), VARIABLES_LIMIT_BYTES);
    return new Variables(new Map([...this.values, ...assigned]), allSizes);
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
