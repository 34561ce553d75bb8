import { FunctionAliases } from './function-aliases.ts';
import { FunctionAttachments } from './function-attachments.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { VariantSettings } from './function-host.ts';
import { initialSettings, type FunctionSettings } from './function-settings.ts';
import { FunctionState } from './function-state.ts';
import { FunctionVersions, type PublishedVersion } from './function-versions.ts';
import {
  conflict,
  functionNotFound,
  invalidParameter,
  notInState,
  revisionMismatch,
  snapshotNotReady,
  throttled,
} from './lambda-exception.ts';
import type { UpdateFailure } from './update-failure.ts';
import { variantSettings } from './variant-settings.ts';
import type { LatestVersion } from './latest-version.ts';
import { LatestInProgress } from './latest-in-progress.ts';

/** What a function needs from the endpoint around it. */
export interface FunctionWorld {
  readonly now: () => number;
  readonly newId: () => string;
  /** How long an update of $LATEST is in progress. */
  readonly updateDelayMs: number;
  /** How long a published version is pending. */
  readonly publishDelayMs: number;
  /** How long it is with SnapStart, while its snapshot is made. */
  readonly snapshotDelayMs: number;
  /** Whether one more snapshot may be begun now. */
  readonly maySnapshot: () => boolean;
  /** Lets the host end the environments of a version that changed or is gone. */
  readonly retire: (fn: EmbeddedFunction, version: string) => void;
}

type PublishFailure = NonNullable<FunctionDefinition['publishFailure']>;

/**
 * One function with its $LATEST, versions, aliases and reservation, and Lambda's rules for changing
 * them. Every rule that fails throws a `LambdaException` and leaves everything as it was.
 */
export class EmbeddedFunction {
  readonly definition: FunctionDefinition;
  /** Unqualified. */
  readonly arn: string;
  readonly versions = new FunctionVersions();
  readonly aliases: FunctionAliases;
  readonly attachments = new FunctionAttachments();
  readonly state: FunctionState;
  reservedConcurrency: number | null = null;

  readonly #world: FunctionWorld;
  readonly #latest: LatestInProgress;

  constructor(definition: FunctionDefinition, world: FunctionWorld) {
    this.definition = definition;
    this.#world = world;
    this.arn = `arn:aws:lambda:${definition.region ?? 'us-east-1'}:${definition.accountId ?? '123456789012'}:function:${definition.name}`;
    this.state = new FunctionState(definition.state, definition.packageType ?? 'Zip', world.now);
    this.aliases = new FunctionAliases(this.arn, world.newId);
    this.#latest = new LatestInProgress(initialSettings(definition), {
      ...world,
      retire: () => world.retire(this, '$LATEST'),
    });
  }

  latest(): LatestVersion {
    return this.#latest.current();
  }

  /**
   * Changes $LATEST; the revision id changes now, and once more when the update is finished. A failed
   * update before it is no obstacle.
   *
   * @param failing how it fails when its time is over; `null` where it succeeds
   */
  update(
    change: (before: FunctionSettings) => FunctionSettings,
    revisionId: string | null,
    failing: UpdateFailure | null = null,
  ): LatestVersion {
    const { settings } = this.#changeable(revisionId);
    return this.#latest.update(change(settings), failing);
  }

  publish(request: {
    readonly revisionId: string | null;
    readonly codeSha256: string | null;
    readonly description: string | null;
  }): PublishedVersion {
    const latest = this.#changeable(request.revisionId);
    // After a failed update the previous code and configuration are what there is.
    const settings =
      latest.updateFailure === null ? latest.settings : this.#latest.effective.settings;
    const { codeSha256, snapStart } = settings;
    if (request.codeSha256 !== null && request.codeSha256 !== codeSha256) {
      throw invalidParameter(
        `CodeSHA256 (${request.codeSha256}) is different from current CodeSHA256 in $LATEST (${codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const unchanged = this.versions.unchangedSince(settings);
    if (unchanged !== undefined) return unchanged;
    if (snapStart && !this.#world.maySnapshot()) {
      throw throttled(
        'ConcurrentSnapshotCreateLimitExceeded',
        'Lambda was unable to create new snapshot because you have reached your concurrent snapshot creation limit.',
      );
    }
    const nowMs = this.#world.now();
    const published = this.versions.publish(settings, {
      description: request.description ?? settings.description,
      revisionId: this.#world.newId(),
      publishedAtMs: nowMs,
      activeAtMs: nowMs + (snapStart ? this.#world.snapshotDelayMs : this.#world.publishDelayMs),
    });
    // Publishing changes the revision id of $LATEST as well (recorded from AWS).
    this.#latest.renew(this.#world.newId());
    return published;
  }

  /**
   * Deletes a version; one that does not exist is no error, as on Lambda. One that is pending is refused:
   * "any invocations or other API actions that operate on the function will fail" ("Lambda function
   * states", Lambda Developer Guide, 2026-11).
   */
  deleteVersion(version: string): void {
    const aliases = this.aliases.referencing(version);
    if (aliases.length > 0) {
      throw conflict(
        `Unable to delete version because the following aliases reference it: [${aliases.join(', ')}]`,
      );
    }
    const published = this.versions.find(version);
    if (published !== undefined && this.isPending(published)) throw notInState('Pending');
    if (!this.versions.delete(version)) return;
    this.attachments.forget(version);
    this.#world.retire(this, version);
  }

  deleteAlias(name: string): void {
    this.aliases.delete(name);
    this.attachments.forget(name);
  }

  /** The revision id of $LATEST, a version or an alias. */
  revisionOf(qualifier: string): string {
    if (qualifier === '$LATEST') return this.latest().revisionId;
    const found = this.aliases.find(qualifier) ?? this.versions.find(qualifier);
    return found?.revisionId ?? '';
  }

  /** A new revision for a change of what hangs on it, such as its policy (recorded from AWS). */
  renewRevision(qualifier: string): void {
    const revisionId = this.#world.newId();
    if (qualifier === '$LATEST') this.#latest.renew(revisionId);
    else if (this.aliases.find(qualifier) !== undefined) this.aliases.renew(qualifier);
    else this.versions.renew(qualifier, revisionId);
  }

  /** @throws {LambdaException} 404, when the function has no such version */
  requireVersion(version: string): void {
    if (version !== '$LATEST' && this.versions.find(version) === undefined) {
      throw functionNotFound(`${this.arn}:${version}`);
    }
  }

  /**
   * What an invocation of a version (not an alias) runs with.
   *
   * @throws {LambdaException} when there is no such version, or when it cannot be invoked now
   */
  variant(version: string): VariantSettings {
    const { effective } = this.#latest;
    if (version === '$LATEST') {
      this.state.mustBeInvocable();
      return variantSettings(this, version, effective);
    }
    const published = this.versions.find(version);
    if (published === undefined) throw functionNotFound(`${this.arn}:${version}`);
    if (this.isPending(published)) {
      throw published.settings.snapStart ? snapshotNotReady() : notInState('Pending');
    }
    if (this.publishFailure(published) !== null) throw notInState('Failed');
    return variantSettings(this, version, published);
  }

  isPending(version: PublishedVersion): boolean {
    return this.#world.now() < version.activeAtMs;
  }

  /** Why the version fails to become active; `null` where it does not. */
  publishFailure({ settings }: PublishedVersion): PublishFailure | null {
    const failure = this.definition.publishFailure;
    if (failure === undefined) return null;
    return (failure.memoryMb ?? settings.memoryMb) === settings.memoryMb ? failure : null;
  }

  #changeable(revisionId: string | null): LatestVersion {
    const latest = this.latest();
    this.state.mustBeChangeable();
    if (revisionId !== null && revisionId !== latest.revisionId) throw revisionMismatch();
    if (latest.updateEndsAtMs !== null) {
      throw conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: ${this.arn}`,
      );
    }
    return latest;
  }
}
