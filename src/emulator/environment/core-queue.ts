import { toError } from '../../contract/shared/thrown.ts';
/** A share of the machine's cores, held until it is released. */
export interface CoreHold {
  /** Gives back what is above `cores`. */
  shrinkTo(cores: number): void;
  /** Gives back everything; more than once does nothing. */
  release(): void;
}

/** What one waiter wants at the moment it is asked: the answer may change while it waits. */
export interface CoreAsk<T> {
  readonly cores: number;
  /** Called once, when the cores are granted. */
  readonly take: () => T;
}

interface Waiter {
  readonly tryGrant: () => boolean;
  readonly reject: (error: Error) => void;
}

/** Shares are sums of fractions: without slack, 13.82 environments of 0.0723 cores would not fit. */
const SLACK = 1e-9;

/**
 * Hands out the machine's cores in the order of asking, so that the shares under way together never
 * exceed them: what is measured is then slowed by its own share and by nothing else. First come, first
 * served, also where a later and smaller one would fit: a large one is never starved.
 */
export class CoreQueue {
  readonly #cores: number;
  readonly #waiters: Waiter[] = [];
  #free: number;
  #closed: Error | null = null;

  constructor(cores: number) {
    this.#cores = cores;
    this.#free = cores;
  }

  /** Cores that nobody holds. */
  get free(): number {
    return this.#free;
  }

  /** Waits for the cores that `ask` names when its turn comes; more than the machine has means all. */
  acquire<T>(ask: () => CoreAsk<T>): Promise<{ readonly taken: T; readonly hold: CoreHold }> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== null) {
        reject(this.#closed);
        return;
      }
      const tryGrant = (): boolean => {
        const { cores, take } = ask();
        const wanted = Math.min(cores, this.#cores);
        if (wanted > this.#free + SLACK) return false;
        const hold = this.#hold(wanted);
        try {
          resolve({ taken: take(), hold });
        } catch (error) {
          hold.release();
          reject(toError(error));
        }
        return true;
      };
      this.#waiters.push({ tryGrant, reject });
      this.#dispatch();
    });
  }

  /** Turns away everybody who waits, and everybody who will. */
  close(reason: Error): void {
    this.#closed = reason;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(reason);
  }

  #hold(cores: number): CoreHold {
    let held = cores;
    this.#free -= cores;
    const shrinkTo = (target: number): void => {
      if (target >= held) return;
      this.#free += held - target;
      held = target;
      this.#dispatch();
    };
    return { shrinkTo, release: () => shrinkTo(0) };
  }

  #dispatch(): void {
    for (let head = this.#waiters[0]; head !== undefined; head = this.#waiters[0]) {
      // Removed first: granting may release cores and come back here.
      this.#waiters.shift();
      if (head.tryGrant()) continue;
      this.#waiters.unshift(head);
      return;
    }
  }
}
