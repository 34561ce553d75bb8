import type { EmbeddedFunction } from './embedded-function.ts';
import { throttled } from './lambda-exception.ts';

/**
 * Counts the invocations under way, of all versions of a function together, as Lambda does: a function
 * with a reservation has exactly that many, the others share what nobody has reserved.
 */
export class ConcurrencyGate {
  readonly #accountConcurrency: number;
  readonly #functions: () => Iterable<EmbeddedFunction>;
  readonly #underWay = new Map<EmbeddedFunction, number>();

  constructor(accountConcurrency: number, functions: () => Iterable<EmbeddedFunction>) {
    this.#accountConcurrency = accountConcurrency;
    this.#functions = functions;
  }

  /** What no function has reserved. */
  unreserved(): number {
    const reserved = [...this.#functions()].map((fn) => fn.reservedConcurrency ?? 0);
    return this.#accountConcurrency - reserved.reduce((sum, each) => sum + each, 0);
  }

  /**
   * Takes a place for one invocation and returns what gives it back.
   *
   * @throws {LambdaException} 429 when there is none
   */
  enter(fn: EmbeddedFunction): () => void {
    const underWay = this.#underWay.get(fn) ?? 0;
    if (fn.reservedConcurrency !== null) {
      if (underWay >= fn.reservedConcurrency) {
        throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
      }
    } else if (this.#underWayUnreserved() >= this.unreserved()) {
      throw throttled('ConcurrentInvocationLimitExceeded');
    }
    this.#underWay.set(fn, underWay + 1);
    return () => {
      const left = (this.#underWay.get(fn) ?? 1) - 1;
      if (left === 0) this.#underWay.delete(fn);
      else this.#underWay.set(fn, left);
    };
  }

  #underWayUnreserved(): number {
    let sum = 0;
    for (const [fn, count] of this.#underWay) if (fn.reservedConcurrency === null) sum += count;
    return sum;
  }
}
