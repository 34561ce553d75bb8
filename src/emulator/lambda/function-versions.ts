import { settingsFingerprint, type FunctionSettings } from './function-settings.ts';

/** A published version: but for its revision id, nothing about it changes any more. */
export interface PublishedVersion {
  readonly number: number;
  /** With the version's own description. */
  readonly settings: FunctionSettings;
  readonly revisionId: string;
  readonly publishedAtMs: number;
  /** Until then its state is Pending and it cannot be invoked. */
  readonly activeAtMs: number;
}

/** The published versions of one function. */
export class FunctionVersions {
  readonly #versions = new Map<string, PublishedVersion>();
  // Numbers are never used twice, also when the version with the highest one was deleted.
  #lastNumber = 0;
  #lastFingerprint: string | null = null;

  /** In order of their numbers. */
  all(): readonly PublishedVersion[] {
    return [...this.#versions.values()];
  }

  find(version: string): PublishedVersion | undefined {
    return this.#versions.get(version);
  }

  /**
   * The version that a publication would only repeat: the last one published, when $LATEST still has
   * the settings that it was made from. The description given to PublishVersion is no part of them.
   */
  unchangedSince(latest: FunctionSettings): PublishedVersion | undefined {
    return this.#lastFingerprint === settingsFingerprint(latest)
      ? this.#versions.get(String(this.#lastNumber))
      : undefined;
  }

  publish(
    latest: FunctionSettings,
    version: Omit<PublishedVersion, 'number' | 'settings'> & { readonly description: string },
  ): PublishedVersion {
    this.#lastNumber += 1;
    this.#lastFingerprint = settingsFingerprint(latest);
    const { description, ...rest } = version;
    const published = { ...rest, number: this.#lastNumber, settings: { ...latest, description } };
    this.#versions.set(String(published.number), published);
    return published;
  }

  /** Gives a version another revision id, as a change of what hangs on it does. */
  renew(version: string, revisionId: string): void {
    const before = this.#versions.get(version);
    if (before !== undefined) this.#versions.set(version, { ...before, revisionId });
  }

  delete(version: string): boolean {
    return this.#versions.delete(version);
  }
}
