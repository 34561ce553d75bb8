/** The shortest number of lanes: a throttled run goes on, one invocation at a time. */
const NARROWEST = 1;

/** Lets a bounded number of things be under way at once; the bound can shrink while they are. */
export class Lanes {
  #width: number;
  readonly #underWay = new Set<Promise<void>>();

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

  /** Starts something that never rejects. */
  run(work: () => Promise<void>): void {
    const started: Promise<void> = work().finally(() => {
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
    while (this.#underWay.size >= Math.min(this.#width, most())) {
      await Promise.race(this.#underWay);
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
