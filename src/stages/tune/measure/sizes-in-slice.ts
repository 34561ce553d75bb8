import type { Observation } from '../../../contract/shared/observation.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { givenUpSizes, mayOutlast, queuedSizes } from '../../../core/measure/long-sizes.ts';

/** What is known of each size while a slice is made: which are given up, and which the queue takes. */
export class SizesInSlice {
  readonly #input: SettledInput;
  readonly #seen: Observation[];
  readonly #begun = new Set<number>();
  readonly #ended: Set<number>;
  #givenUp: ReadonlySet<number> = new Set();
  #queued: ReadonlySet<number> = new Set();

  /** @param before what was observed before this slice */
  constructor(input: SettledInput, before: readonly Observation[]) {
    this.#input = input;
    this.#seen = [...before];
    this.#ended = new Set(before.map(({ memoryMb }) => memoryMb));
    this.#look();
  }

  /** Whether another invocation of it is not worth its price. */
  isGivenUp(memoryMb: number): boolean {
    return this.#givenUp.has(memoryMb);
  }

  /** Whether its invocations go through Lambda's own queue. */
  isQueued(memoryMb: number): boolean {
    return this.#queued.has(memoryMb);
  }

  /** Whether its first invocation, which may turn out to be too long to be waited for, is still under way. */
  awaitsFirst(memoryMb: number): boolean {
    const isUnderWay = this.#begun.has(memoryMb) && !this.#ended.has(memoryMb);
    return isUnderWay && mayOutlast(this.#input);
  }

  begin(memoryMb: number): void {
    this.#begun.add(memoryMb);
  }

  end(observation: Observation): void {
    this.#seen.push(observation);
    this.#ended.add(observation.memoryMb);
    if (observation.outcome !== 'ok') this.#look();
  }

  #look(): void {
    this.#givenUp = givenUpSizes(this.#input, this.#seen);
    this.#queued = queuedSizes(this.#input, this.#seen);
  }
}
