import type { EmbeddedFunction } from './embedded-function.ts';
import { throttled } from './lambda-exception.ts';

/** The places that one function's invocations have taken. */
interface Taken {
  /** Out of its reservation, or of what functions without one share. */
  general: number;
  /** Out of what an alias or version keeps ready, by qualifier. */
  readonly provisioned: Map<string, number>;
}

/**
 * Counts the invocations under way, of all versions of a function together, as Lambda does: a function
 * with a reservation has exactly that many, the others share what nobody has reserved. What an alias or
 * a version keeps ready is taken out of either, and only its own invocations find a place there.
 */
export class ConcurrencyGate {
  readonly #accountConcurrency: number;
  readonly #functions: () => Iterable<EmbeddedFunction>;
  readonly #underWay = new Map<EmbeddedFunction, Taken>();

  constructor(accountConcurrency: number, functions: () => Iterable<EmbeddedFunction>) {
    this.#accountConcurrency = accountConcurrency;
    this.#functions = functions;
  }

  /** What no function has reserved. */
  unreserved(): number {
    const reserved = [...this.#functions()].map((fn) => fn.reservedConcurrency ?? 0);
    return this.#accountConcurrency - reserved.reduce((sum, each) => sum + each, 0);
  }

  /** What is left of that for invocations for which nothing is kept ready. */
  shared(): number {
    let shared = this.unreserved();
    for (const fn of this.#functions()) {
      if (fn.reservedConcurrency === null) shared -= fn.attachments.provisionedTotal();
    }
    return shared;
  }

  /**
   * Takes a place for one invocation and returns what gives it back.
   *
   * @param qualifier the alias or version that was invoked; `null` for neither
   * @throws {LambdaException} 429 when there is none
   */
  enter(fn: EmbeddedFunction, qualifier: string | null): () => void {
    const taken = this.#underWay.get(fn) ?? { general: 0, provisioned: new Map<string, number>() };
    const ready = qualifier === null ? undefined : fn.attachments.provisioned.get(qualifier);
    const inUse = taken.provisioned.get(qualifier ?? '') ?? 0;
    if (qualifier !== null && ready !== undefined && inUse < ready.requested) {
      taken.provisioned.set(qualifier, inUse + 1);
      this.#underWay.set(fn, taken);
      return () => {
        taken.provisioned.set(qualifier, (taken.provisioned.get(qualifier) ?? 1) - 1);
        this.#forgetIdle(fn, taken);
      };
    }
    this.#mustHaveRoom(fn, taken);
    taken.general += 1;
    this.#underWay.set(fn, taken);
    return () => {
      taken.general -= 1;
      this.#forgetIdle(fn, taken);
    };
  }

  #forgetIdle(fn: EmbeddedFunction, { general, provisioned }: Taken): void {
    if (general === 0 && [...provisioned.values()].every((count) => count === 0)) {
      this.#underWay.delete(fn);
    }
  }

  #mustHaveRoom(fn: EmbeddedFunction, taken: Taken): void {
    if (fn.reservedConcurrency !== null) {
      const room = fn.reservedConcurrency - fn.attachments.provisionedTotal();
      if (taken.general < room) return;
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    if (this.#sharedUnderWay() >= this.shared()) {
      throw throttled('ConcurrentInvocationLimitExceeded');
    }
  }

  #sharedUnderWay(): number {
    let sum = 0;
    for (const [fn, { general }] of this.#underWay) {
      if (fn.reservedConcurrency === null) sum += general;
    }
    return sum;
  }
}
