import { ConcurrencyGate } from './concurrency-gate.ts';
import { EmbeddedFunction } from './embedded-function.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { parseFunctionReference } from './function-reference.ts';
import type { IdSource } from './id-source.ts';
import type { LogStore } from '../services/logs/log-store.ts';
import { functionNotFound, invalidParameter, notFound } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';

export interface AccountSettings {
  readonly concurrency: number;
  /** New accounts cannot go above 3,008 MB. */
  readonly maxMemoryMb: number;
  readonly updateDelayMs: number;
  readonly publishDelayMs: number;
  readonly snapshotDelayMs: number;
  /** So many SnapStart versions may be pending at once. */
  readonly concurrentSnapshots: number;
  /** Before the first retry of an event that failed; the second waits twice as long. */
  readonly eventRetryMs: number;
  /** Before an event that was throttled is tried again, at first; each time twice as long. */
  readonly eventThrottledMs: number;
  readonly tailWithoutReport: boolean;
  readonly ids: IdSource;
  readonly now: () => number;
}

/** All that the endpoint holds: its functions, their limits, and work that nobody waits for. */
export class EmbeddedAccount {
  readonly settings: AccountSettings;
  readonly gate: ConcurrencyGate;
  readonly logs: LogStore;
  /** Aborted when the endpoint closes: nobody waits for anything any more. */
  readonly closing: AbortSignal;
  /** Settles when `closing` is aborted. */
  readonly closed: Promise<void>;
  readonly #functions = new Map<string, EmbeddedFunction>();
  readonly #background = new Set<Promise<unknown>>();
  readonly #failures: unknown[] = [];

  constructor(settings: AccountSettings, logs: LogStore, closing: AbortSignal) {
    this.settings = settings;
    this.logs = logs;
    this.closing = closing;
    this.closed = new Promise((resolve) => {
      closing.addEventListener('abort', () => resolve(), { once: true });
    });
    this.gate = new ConcurrencyGate(settings.concurrency, () => this.#functions.values());
  }

  /** Sorted by name. */
  functions(): readonly EmbeddedFunction[] {
    return [...this.#functions.values()].toSorted((a, b) =>
      a.definition.name < b.definition.name ? -1 : 1,
    );
  }

  /** @throws {Error} when the function cannot be offered as it is */
  add(definition: FunctionDefinition): EmbeddedFunction {
    const { name, host, memoryMb, masterArn } = definition;
    // Replicas of Lambda@Edge are called `us-east-1.name`.
    const pattern = masterArn === undefined ? /^[a-zA-Z0-9-_]{1,64}$/ : /^[a-zA-Z0-9-_.]{1,140}$/;
    const refusal = !pattern.test(name)
      ? 'wanted a name of 1 to 64 letters, digits, - and _'
      : this.#functions.has(name)
        ? 'there is one of that name already'
        : host.refuses(memoryMb);
    if (refusal !== null) {
      throw new Error(`Offer function "${name}" with ${memoryMb} MB: ${refusal}`);
    }
    const { ids, now, updateDelayMs, publishDelayMs, snapshotDelayMs } = this.settings;
    const fn = new EmbeddedFunction(definition, {
      now,
      newId: ids.newId,
      updateDelayMs,
      publishDelayMs,
      snapshotDelayMs,
      maySnapshot: () => this.#snapshotsUnderWay() < this.settings.concurrentSnapshots,
      retire: (of, version) => this.inBackground(of.definition.host.retire(of.arn, version)),
    });
    this.#functions.set(name, fn);
    return fn;
  }

  /** Deletes a function with all its versions and aliases. */
  remove(fn: EmbeddedFunction): void {
    this.#functions.delete(fn.definition.name);
    const { host } = fn.definition;
    for (const version of ['$LATEST', ...fn.versions.all().map((each) => String(each.number))]) {
      this.inBackground(host.retire(fn.arn, version));
    }
  }

  /** The ARN that a refusal names for a function, whether there is one of that name or not. */
  arnOf(functionName: string | null, qualifier: string | null): string {
    if (functionName === null) return '*';
    // A partial ARN stands for the whole one.
    const name = functionName.replace(/^\d{12}:function:/, '');
    const arn = functionName.startsWith('arn:')
      ? functionName
      : (this.#functions.get(name)?.arn ??
        `arn:aws:lambda:us-east-1:123456789012:function:${name}`);
    return qualifier === null || arn.endsWith(`:${qualifier}`) ? arn : `${arn}:${qualifier}`;
  }

  /** The function that a request names, and the qualifier that it gives by path or by query. */
  find(request: OperationRequest): {
    readonly fn: EmbeddedFunction;
    readonly qualifier: string | null;
  } {
    const reference = parseFunctionReference(
      request.params['FunctionName'] ?? '',
      request.query.get('Qualifier'),
    );
    const { name, qualifier, accountId } = reference;
    const fn = this.#functions.get(name);
    const region = fn?.definition.region ?? reference.region ?? 'us-east-1';
    if (reference.region !== null && reference.region !== region) {
      throw notFound(
        `Functions from '${reference.region}' are not reachable in this region ('${region}')`,
      );
    }
    const arn = `arn:aws:lambda:${region}:${accountId ?? '123456789012'}:function:${name}`;
    if (fn === undefined || (accountId !== null && fn.arn !== arn)) {
      throw functionNotFound(qualifier === null ? arn : `${arn}:${qualifier}`);
    }
    return { fn, qualifier };
  }

  /** For operations that take whole functions only. */
  findUnqualified(request: OperationRequest): EmbeddedFunction {
    const { fn, qualifier } = this.find(request);
    if (qualifier !== null && qualifier !== '$LATEST') {
      throw invalidParameter(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      );
    }
    return fn;
  }

  #snapshotsUnderWay(): number {
    return this.functions()
      .flatMap((fn) => fn.versions.all().map((version) => ({ fn, version })))
      .filter(({ fn, version }) => version.settings.snapStart && fn.isPending(version)).length;
  }

  /** Work that no request waits for; what goes wrong in it comes out of `settled`. */
  inBackground(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => this.#failures.push(error))
      .finally(() => this.#background.delete(tracked));
    this.#background.add(tracked);
  }

  /** Waits for the work in the background and hands out its failures. */
  async settled(): Promise<readonly unknown[]> {
    await Promise.all(this.#background);
    return this.#failures;
  }
}
