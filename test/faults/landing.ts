import { isDeepStrictEqual } from 'node:util';
import { USER_ALIAS, type TargetState } from './fault-target.ts';

/** What the run is asked to do with its recommendation. */
export const VARIANTS = {
  'no apply': false,
  apply: true,
  'apply to an alias': { alias: USER_ALIAS },
  'apply to a new alias': { alias: 'tuned' },
  /** Reads what production did before it plans. */
  'with history': false,
} as const;

export type Variant = keyof typeof VARIANTS;

/** The size that the recorded function is recommended, for certain. */
export const RECOMMENDED_MB = 1769;

/** Where a run has left the target: there is nothing between the first two that may be. */
export type Landing = 'as before' | 'applied' | 'in between';

/** Compares everything about the target, byte for byte. */
export function landing(before: TargetState, after: TargetState, variant: Variant): Landing {
  if (isDeepStrictEqual(after, before)) return 'as before';
  return isApplied(before, after, variant) ? 'applied' : 'in between';
}

/** The recommendation stands whole, and nothing else is other than it was. */
function isApplied(before: TargetState, after: TargetState, variant: Variant): boolean {
  const configuration = { ...before.configuration, MemorySize: RECOMMENDED_MB };
  if (
    variant === 'no apply' ||
    variant === 'with history' ||
    !after.inEffect ||
    !isDeepStrictEqual(after.configuration, configuration)
  ) {
    return false;
  }
  if (variant === 'apply') {
    return isDeepStrictEqual([after.versions, after.aliases], [before.versions, before.aliases]);
  }
  const known = before.versions.map((each) => each['Version']);
  const added = after.versions.filter((each) => !known.includes(each['Version']));
  const [release] = added;
  const { alias: Name } = VARIANTS[variant];
  const user = before.aliases.find((alias) => alias['Name'] === USER_ALIAS);
  const pointed = {
    ...user,
    Name,
    AliasArn: String(user?.['AliasArn']).replace(/[^:]*$/, Name),
    FunctionVersion: release?.['Version'],
  };
  const expected = [...before.aliases.filter((alias) => alias['Name'] !== Name), pointed];
  return (
    release !== undefined &&
    isDeepStrictEqual(after.versions, [...before.versions, release]) &&
    isDeepStrictEqual(settings(release), settings(configuration)) &&
    isDeepStrictEqual(
      sortByName(after.aliases.map(leaveOutRevision)),
      sortByName(expected.map(leaveOutRevision)),
    )
  );
}

type Shape = Readonly<Record<string, unknown>>;

function sortByName(aliases: readonly Shape[]): readonly Shape[] {
  return aliases.toSorted((a, b) => String(a['Name']).localeCompare(String(b['Name'])));
}

/** What a version and $LATEST have in common. */
function settings(shape: Shape): readonly unknown[] {
  return ['MemorySize', 'Timeout', 'Environment', 'LoggingConfig', 'CodeSha256', 'Handler'].map(
    (name) => shape[name],
  );
}

/** An alias that was pointed elsewhere has another revision. */
function leaveOutRevision(alias: Shape): Shape {
  return { ...alias, RevisionId: null };
}
