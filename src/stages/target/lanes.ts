import { toError } from '../../contract/shared/thrown.ts';
/** The fewest lanes: a throttled run goes on, one invocation at a time. */
const NARROWEST = 1;

/**
 * Lets a bounded number of things be under way at once; the bound can shrink while they are. What fails does
 * not stop the others: its error is kept until all have ended.
 */
export class Lanes {
  #width: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #failures: Error[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** How many may be under way at once by now. */
  get width(): number {
    return this.#width;
  }

  /** Halves the bound: what is under way goes on, less is started. */
  narrow(): void {
    this.#width = Math.max(NARROWEST, Math.floor(this.#width / 2));
  }

  /** Whether something has failed, so that nothing more should be started. */
  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  run(work: () => Promise<void>): void {
    const started: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failures.push(toError(error));
      })
      .finally(() => {
        this.#underWay.delete(started);
      });
    this.#underWay.add(started);
  }

  /**
   * Resolves when there is room for one more.
   *
   * @param most asked anew each time: how many may be under way at once for another reason
   */
  async free(most: () => number = () => Infinity): Promise<void> {
    await this.until(() => this.#underWay.size < Math.min(this.#width, most()));
  }

  /** Resolves when something holds that only the end of what is under way can bring about, or nothing is. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds() && this.#underWay.size > 0) await Promise.race(this.#underWay);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /**
   * Resolves when everything has ended.
   *
   * @throws the error of what failed first
   */
  async finish(): Promise<void> {
    await this.idle();
    const [failure] = this.#failures;
    if (failure !== undefined) throw failure;
  }
}
