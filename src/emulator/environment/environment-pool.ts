import type { VariantSettings } from '../lambda/function-host.ts';
import { Environment } from './environment.ts';
import type { EnvironmentKind } from './environment-kind.ts';

/**
 * The environments of one host: those that wait, warm, for the next invocation of their version, and
 * those that are busy. The last one used is used again first.
 */
export class EnvironmentPool {
  readonly #kind: EnvironmentKind;
  readonly #maxIdle: number;
  readonly #spread: number;
  /** How many were made of each version, for spreading. */
  readonly #made = new Map<string, number>();
  /** By version; the last one used is the last one of its list. */
  readonly #idle = new Map<string, Environment[]>();
  readonly #all = new Set<Environment>();
  readonly #creating = new Set<Promise<Environment>>();
  /** The revision of each version that was invoked last: environments of others are recycled. */
  readonly #revisions = new Map<string, string>();
  #created = 0;
  #closed = false;

  /**
   * @param spread so many environments of a version are made before one is used again, and then they are
   * used in turn; 0: the last one used is used again first, as on Lambda
   */
  constructor(kind: EnvironmentKind, maxIdle: number, spread = 0) {
    this.#kind = kind;
    this.#maxIdle = maxIdle;
    this.#spread = spread;
  }

  /** True if an invocation would find a process that waits for it, so that there is no init. */
  hasWarm(settings: VariantSettings): boolean {
    if (this.#isToSpread(settings)) return false;
    return this.#idle.get(key(settings))?.some(({ phase }) => phase === 'ready') ?? false;
  }

  /** Takes an idle environment, or `null`: then `create` makes one. */
  takeIdle(settings: VariantSettings): Environment | null {
    if (this.#isToSpread(settings)) return null;
    const waiting = this.#idle.get(key(settings)) ?? [];
    if (this.#spread > 0) {
      const next = waiting.findIndex(({ phase }) => phase === 'ready');
      return waiting.splice(Math.max(next, 0), 1)[0] ?? null;
    }
    // An environment whose process crashed starts again inside the invocation, so it is taken only where
    // nothing warm is there.
    const warm = waiting.findLastIndex(({ phase }) => phase === 'ready');
    return waiting.splice(warm === -1 ? waiting.length - 1 : warm, 1)[0] ?? null;
  }

  async create(settings: VariantSettings): Promise<Environment> {
    if (this.#closed) throw new Error('No environment is made any more: the pool is closed.');
    this.#created += 1;
    this.#made.set(key(settings), (this.#made.get(key(settings)) ?? 0) + 1);
    const creating = Environment.create(this.#kind, settings, String(this.#created));
    this.#creating.add(creating);
    try {
      const environment = await creating;
      this.#all.add(environment);
      return environment;
    } finally {
      this.#creating.delete(creating);
    }
  }

  /** Notes the revision that is invoked, and ends what waits with an older one. */
  recycle(settings: VariantSettings): void {
    const known = this.#revisions.get(key(settings));
    if (known === settings.revisionId) return;
    this.#revisions.set(key(settings), settings.revisionId);
    // Nobody waits for this end; where it fails, it is tried again and told when the host is closed.
    if (known !== undefined) this.#endIdle(key(settings)).catch(() => undefined);
  }

  /** Gives an environment back after an invocation. */
  async giveBack(environment: Environment): Promise<void> {
    const version = key(environment.settings);
    if (environment.phase === 'ended') return;
    if (this.#revisions.get(version) !== environment.settings.revisionId) {
      await this.#end(environment);
      return;
    }
    const waiting = this.#idle.get(version) ?? [];
    // Deleted first, so that the versions are in the order of their last use.
    this.#idle.delete(version);
    this.#idle.set(version, [...waiting, environment]);
    await this.#evict();
  }

  /**
   * Ends the environments of one version: those that wait at once, those that are busy as soon as they are
   * done.
   */
  async retire(functionArn: string, version: string): Promise<void> {
    const retired = key({ functionArn, version });
    this.#revisions.delete(retired);
    await this.#endIdle(retired);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#idle.clear();
    await Promise.allSettled(this.#creating);
    await Promise.all([...this.#all].map((environment) => this.#end(environment)));
  }

  #isToSpread(settings: VariantSettings): boolean {
    return (this.#made.get(key(settings)) ?? 0) < this.#spread;
  }

  /** Keeps the number that waits in bounds: the longest unused one of a version with the most goes. */
  async #evict(): Promise<void> {
    const lists = [...this.#idle.values()];
    const idle = lists.reduce((sum, list) => sum + list.length, 0);
    if (idle <= this.#maxIdle) return;
    const longest = lists.reduce((a, b) => (b.length > a.length ? b : a));
    const oldest = longest.shift();
    if (oldest !== undefined) await this.#end(oldest);
  }

  async #endIdle(version: string): Promise<void> {
    const waiting = this.#idle.get(version) ?? [];
    this.#idle.delete(version);
    await Promise.all(waiting.map((environment) => this.#end(environment)));
  }

  async #end(environment: Environment): Promise<void> {
    await environment.end();
    this.#all.delete(environment);
  }
}

function key(version: Pick<VariantSettings, 'functionArn' | 'version'>): string {
  return `${version.functionArn} ${version.version}`;
}
