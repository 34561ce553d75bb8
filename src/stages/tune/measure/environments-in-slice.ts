import type { Observation } from '../../../contract/shared/observation.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { mayHaveAnother } from '../../../core/measure/another-environment.ts';

interface SizeUnderWay {
  underWay: number;
  /** The most that were under way at once: Lambda keeps an environment for each. */
  environments: number;
}

/**
 * Keeps the invocations of a size in series where the input asks for it, as aws-lambda-power-tuning's does:
 * two at once need two environments, and the cold start of the second is billed.
 */
export class EnvironmentsInSlice {
  /** For each size; `null` where they need not be in series. */
  readonly #invocations: number | null;
  readonly #sizes = new Map<number, SizeUnderWay>();
  readonly #seen = new Map<number, Observation[]>();

  /** @param before what was observed before this slice */
  constructor({ peer, invocations }: SettledInput, before: readonly Observation[]) {
    this.#invocations = peer?.inSeries === true && invocations !== 'auto' ? invocations : null;
    for (const observation of before) {
      this.#of(observation.memoryMb).environments = 1;
      this.#see(observation);
    }
  }

  /** Whether one more of this size may begin while those under way last. */
  hasRoom(memoryMb: number): boolean {
    if (this.#invocations === null) return true;
    const { underWay, environments } = this.#of(memoryMb);
    if (underWay < Math.max(1, environments)) return true;
    return mayHaveAnother(memoryMb, this.#seen, { environments, invocations: this.#invocations });
  }

  begin(memoryMb: number): void {
    const size = this.#of(memoryMb);
    size.underWay += 1;
    size.environments = Math.max(size.environments, size.underWay);
  }

  /** @param observation `null` where it was not made after all */
  end(memoryMb: number, observation: Observation | null): void {
    this.#of(memoryMb).underWay -= 1;
    if (observation !== null) this.#see(observation);
  }

  #see(observation: Observation): void {
    const own = this.#seen.get(observation.memoryMb) ?? [];
    own.push(observation);
    this.#seen.set(observation.memoryMb, own);
  }

  #of(memoryMb: number): SizeUnderWay {
    const size = this.#sizes.get(memoryMb) ?? { underWay: 0, environments: 0 };
    this.#sizes.set(memoryMb, size);
    return size;
  }
}
