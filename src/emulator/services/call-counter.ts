import type { IncomingHttpHeaders } from 'node:http';

/** So many calls are remembered: far more than can be under way at once. */
const REMEMBERED = 4096;

export interface CallNumbers {
  readonly call: number;
  readonly callOfOperation: number;
  readonly attempt: number;
}

/** Numbers calls, and the attempts that an SDK makes for one call, by the id that AWS's SDKs send. */
export class CallCounter {
  readonly #seen = new Map<string, CallNumbers>();
  readonly #perOperation = new Map<string, number>();
  #calls = 0;

  count(operation: string, headers: IncomingHttpHeaders): CallNumbers {
    const id = headers['amz-sdk-invocation-id'];
    const key = typeof id === 'string' ? `${operation} ${id}` : null;
    const before = key === null ? undefined : this.#seen.get(key);
    const numbers =
      before === undefined ? this.#next(operation) : { ...before, attempt: before.attempt + 1 };
    if (key !== null) this.#remember(key, numbers);
    return numbers;
  }

  #next(operation: string): CallNumbers {
    this.#calls += 1;
    const callOfOperation = (this.#perOperation.get(operation) ?? 0) + 1;
    this.#perOperation.set(operation, callOfOperation);
    return { call: this.#calls, callOfOperation, attempt: 1 };
  }

  #remember(key: string, numbers: CallNumbers): void {
    this.#seen.set(key, numbers);
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}
