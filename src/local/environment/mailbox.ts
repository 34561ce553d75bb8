/**
 * Messages for one reader, in order. What comes while nobody waits is kept.
 */
export class Mailbox<T> {
  #messages: T[] = [];
  #deliver: ((message: T) => void) | null = null;

  put(message: T): void {
    if (this.#deliver === null) this.#messages.push(message);
    else this.#deliver(message);
  }

  /** The next message, or `null` once `performance.now()` has passed `untilMs`. */
  take(untilMs: number): Promise<T | null> {
    const first = this.#messages.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(null), Math.max(0, untilMs - performance.now()));
      const finish = (message: T | null): void => {
        clearTimeout(timer);
        this.#deliver = null;
        resolve(message);
      };
      this.#deliver = finish;
    });
  }

  clear(): void {
    this.#messages = [];
  }
}
