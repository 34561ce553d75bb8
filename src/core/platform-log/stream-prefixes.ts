/** Clocks of two machines differ a little, and around midnight that decides the day. */
const CLOCK_SKEW_MS = 60_000;

const DAY_MS = 86_400_000;

/** A search for more prefixes takes longer than one over the whole group would. */
const MOST_PREFIXES = 6;

/** Whose log streams are searched for. */
export interface SearchedStreams {
  /** Name or ARN, unqualified. */
  readonly functionName: string;
  readonly logGroup: string;
  /** Version numbers, `$LATEST`. */
  readonly versions: readonly string[];
  /** When the environments can have been started that wrote what is searched for. */
  readonly startedFromMs: number;
  readonly startedToMs: number;
}

/**
 * With what the names of the log streams of some versions begin, by day (UTC) and version: an environment's
 * stream in the function's own group is `2026/11/28/[7]0123…` ("Configuring CloudWatch log groups", Lambda
 * Developer Guide, 2026-11). In a live function's group it keeps a search apart from everybody else's lines.
 *
 * @returns `null` where the group is not Lambda's own, or they would be too many: search without them
 */
export function streamPrefixes(searched: SearchedStreams): readonly string[] | null {
  const { functionName, logGroup, versions, startedFromMs, startedToMs } = searched;
  const name = functionName.slice(functionName.lastIndexOf(':') + 1);
  if (logGroup !== `/aws/lambda/${name}` || versions.length === 0) return null;
  const first = Math.floor((startedFromMs - CLOCK_SKEW_MS) / DAY_MS);
  const last = Math.floor((startedToMs + CLOCK_SKEW_MS) / DAY_MS);
  if ((last - first + 1) * versions.length > MOST_PREFIXES) return null;
  const days = Array.from({ length: last - first + 1 }, (_, index) => {
    return new Date((first + index) * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '/');
  });
  return days.flatMap((day) => versions.map((version) => `${day}/[${version}]`));
}
