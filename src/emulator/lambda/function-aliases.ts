import type { Random } from '../../contract/shared/random.ts';
import { conflict, invalidParameter, notFound, revisionMismatch } from './lambda-exception.ts';

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The second version and its share of the traffic, 0 to 1. */
  readonly second: { readonly version: string; readonly weight: number } | null;
  readonly revisionId: string;
}

/** The aliases of one function. Whether the versions they name exist is the function's to check. */
export class FunctionAliases {
  readonly #functionArn: string;
  readonly #newId: () => string;
  readonly #aliases = new Map<string, Alias>();

  constructor(functionArn: string, newId: () => string) {
    this.#functionArn = functionArn;
    this.#newId = newId;
  }

  /** Sorted by name. */
  all(): readonly Alias[] {
    return [...this.#aliases.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Alias | undefined {
    return this.#aliases.get(name);
  }

  get(name: string): Alias {
    const alias = this.#aliases.get(name);
    if (alias === undefined) {
      throw notFound(`Cannot find alias arn: ${this.#functionArn}:${name}`);
    }
    return alias;
  }

  create(alias: Omit<Alias, 'revisionId'>): Alias {
    if (this.#aliases.has(alias.name)) {
      throw conflict(`Alias already exists: ${this.#functionArn}:${alias.name}`);
    }
    return this.#keep(alias);
  }

  update(name: string, change: Partial<Alias>, revisionId: string | null): Alias {
    const before = this.#aliases.get(name);
    if (before === undefined) throw notFound(`Alias not found: ${this.#functionArn}:${name}`);
    if (revisionId !== null && revisionId !== before.revisionId) throw revisionMismatch();
    return this.#keep({ ...before, ...change });
  }

  /** A change of what hangs on an alias is a new revision of it. */
  renew(name: string): void {
    this.#keep(this.get(name));
  }

  /** Deleting what is not there is no error, as on Lambda. */
  delete(name: string): void {
    this.#aliases.delete(name);
  }

  /** The names of aliases that send traffic to a version. */
  referencing(version: string): readonly string[] {
    return this.all()
      .filter((alias) => alias.version === version || alias.second?.version === version)
      .map((alias) => alias.name);
  }

  #keep(alias: Omit<Alias, 'revisionId'>): Alias {
    checkRouting(alias);
    const kept = { ...alias, revisionId: this.#newId() };
    this.#aliases.set(kept.name, kept);
    return kept;
  }
}

/** Returns the version that an alias sends one invocation to. */
export function pickVersion(alias: Alias, random: Random): string {
  return alias.second !== null && random() < alias.second.weight
    ? alias.second.version
    : alias.version;
}

function checkRouting(alias: Omit<Alias, 'revisionId'>): void {
  if (alias.second === null) return;
  if (alias.version === '$LATEST') {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (alias.version === alias.second.version) {
    throw invalidParameter(
      `Invalid function version ${alias.version}. Function version ${alias.version} is already included in routing configuration.`,
    );
  }
}
