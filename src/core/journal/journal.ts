import type { SystemLogLevel } from '../../contract/shared/function-configuration.ts';

/** The settings of $LATEST that a run changes and puts back. */
export interface Settings {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** `null` where the run leaves the log level alone. */
  readonly systemLogLevel: SystemLogLevel | null;
}

/**
 * What a change of $LATEST is for: `set` to publish a size that is to be measured, `apply` to publish the
 * recommended one, which then stays where an alias points at it.
 */
export type JournalPurpose = 'set' | 'apply';

/**
 * What a run writes in front of the target's Description, in the same update that changes the target:
 * who did it, what was set, and what to go back to. It reads well in the console, too:
 * `[powerdial 8e2f #2 set 1024MB/60s was 512MB/30s until 2026-11-21T17:40Z] the user's own text`.
 */
export interface Journal {
  readonly purpose: JournalPurpose;
  /** The run's id (an execution's name: never a space or a bracket in it). */
  readonly run: string;
  /** Counts the run's updates, so that each makes a configuration of its own to publish. */
  readonly serial: number;
  readonly set: Settings;
  readonly was: Settings;
  /** After this the run no longer lives. ISO 8601, to the minute, UTC. */
  readonly until: string;
  /** The user's own description, untouched. */
  readonly description: string;
}

/** AWS's limit for a function's Description (Lambda API model). */
export const MAX_DESCRIPTION_LENGTH = 256;

const SETTINGS = String.raw`(\d+)MB/(\d+)s(?:/(DEBUG|INFO|WARN))?`;
const JOURNAL = new RegExp(
  String.raw`^\[powerdial ([^\s\][]+) #(\d+) (set|apply) ${SETTINGS} was ${SETTINGS} until (\d{4}-\d\d-\d\dT\d\d:\d\dZ)\]`,
);

/** Returns the Description that carries a journal. May be longer than AWS allows: check before it is used. */
export function writeJournal(journal: Journal): string {
  const { purpose, run, serial, set, was, until, description } = journal;
  const prefix = `[powerdial ${run} #${serial} ${purpose} ${settingsText(set)} was ${settingsText(was)} until ${until}]`;
  return description === '' ? prefix : `${prefix} ${description}`;
}

/** Reads a journal off a Description; `null` where there is none. */
export function readJournal(description: string): Journal | null {
  const match = JOURNAL.exec(description);
  if (match === null) {
    return null;
  }
  const [prefix, run = '', serial, purpose, ...rest] = match;
  const tail = description.slice(prefix.length);
  return {
    purpose: purpose as JournalPurpose,
    run,
    serial: Number(serial),
    set: settingsOf(rest.slice(0, 3)),
    was: settingsOf(rest.slice(3, 6)),
    until: rest[6] ?? '',
    description: tail.startsWith(' ') ? tail.slice(1) : tail,
  };
}

function settingsText(settings: Settings): string {
  const level = settings.systemLogLevel === null ? '' : `/${settings.systemLogLevel}`;
  return `${settings.memoryMb}MB/${settings.timeoutSeconds}s${level}`;
}

function settingsOf(parts: readonly (string | undefined)[]): Settings {
  const [memoryMb, timeoutSeconds, level] = parts;
  return {
    memoryMb: Number(memoryMb),
    timeoutSeconds: Number(timeoutSeconds),
    systemLogLevel: (level as SystemLogLevel | undefined) ?? null,
  };
}
