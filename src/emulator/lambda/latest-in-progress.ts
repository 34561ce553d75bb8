import type { FunctionSettings } from './function-settings.ts';
import type { LatestVersion } from './latest-version.ts';
import type { UpdateFailure } from './update-failure.ts';

/** What $LATEST needs from the function and the endpoint around it. */
interface LatestWorld {
  readonly now: () => number;
  readonly newId: () => string;
  /** How long an update is in progress. */
  readonly updateDelayMs: number;
  /** Lets the host end the environments of $LATEST. */
  readonly retire: () => void;
}

type Effective = Pick<LatestVersion, 'settings' | 'revisionId'>;

/** $LATEST with the update that is in progress: what is shown of it, and what it runs with. */
export class LatestInProgress {
  readonly #world: LatestWorld;
  #shown: LatestVersion;
  // How the update in progress will end, where it fails.
  #failing: UpdateFailure | null = null;
  #effective: Effective;

  constructor(settings: FunctionSettings, world: LatestWorld) {
    this.#world = world;
    this.#shown = {
      settings,
      revisionId: world.newId(),
      modifiedAtMs: world.now(),
      updateEndsAtMs: null,
      updateFailure: null,
    };
    this.#effective = this.#shown;
  }

  current(): LatestVersion {
    this.#finishUpdate();
    return this.#shown;
  }

  /**
   * What invocations of $LATEST run with: an update in progress does not count yet, and a failed one never
   * does.
   */
  get effective(): Effective {
    this.#finishUpdate();
    return this.#effective;
  }

  /**
   * Begins an update: the revision id changes now, and once more when the update is finished.
   *
   * @param failing how it fails when its time is over; `null` where it succeeds
   */
  update(settings: FunctionSettings, failing: UpdateFailure | null): LatestVersion {
    const nowMs = this.#world.now();
    this.#failing = failing;
    this.#shown = {
      settings,
      revisionId: this.#world.newId(),
      modifiedAtMs: nowMs,
      updateEndsAtMs: nowMs + this.#world.updateDelayMs,
      updateFailure: null,
    };
    return this.current();
  }

  renew(revisionId: string): void {
    this.#shown = { ...this.current(), revisionId };
  }

  // Done by the clock when somebody looks, so that no timer is needed.
  #finishUpdate(): void {
    const { updateEndsAtMs, settings } = this.#shown;
    if (updateEndsAtMs === null || this.#world.now() < updateEndsAtMs) return;
    const failing = this.#failing;
    this.#shown = {
      ...this.#shown,
      settings:
        failing === null || failing.shows === 'attempted' ? settings : this.#effective.settings,
      revisionId: this.#world.newId(),
      updateEndsAtMs: null,
      updateFailure: failing?.reasonCode ?? null,
    };
    if (failing !== null) return;
    this.#effective = this.#shown;
    this.#world.retire();
  }
}
