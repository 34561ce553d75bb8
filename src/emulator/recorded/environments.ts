import type { VariantSettings } from '../lambda/function-host.ts';

/**
 * Counts model environments: an invocation takes an idle one of its version, or a new and cold one.
 * Because a recorded function answers at once, only calls that overlap in this process need several.
 */
export class Environments {
  readonly #pools = new Map<string, { readonly revisionId: string; idle: number }>();

  /** Takes an environment; `release` gives it back, unless it died. */
  take(settings: VariantSettings): {
    readonly cold: boolean;
    readonly release: (alive: boolean) => void;
  } {
    const key = `${settings.functionArn}:${settings.version}`;
    let pool = this.#pools.get(key);
    if (pool?.revisionId !== settings.revisionId) {
      pool = { revisionId: settings.revisionId, idle: 0 };
      this.#pools.set(key, pool);
    }
    const taken = pool;
    const cold = taken.idle === 0;
    if (!cold) taken.idle -= 1;
    return {
      cold,
      release: (alive) => {
        if (alive) taken.idle += 1;
      },
    };
  }

  retire(functionArn: string, version: string): void {
    this.#pools.delete(`${functionArn}:${version}`);
  }
}
