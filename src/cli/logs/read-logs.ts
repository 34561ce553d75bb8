import type { LogRecord } from '../../core/platform-log/invocation-ledger.ts';
import { PlatformLogReader } from '../../core/platform-log/platform-log-reader.ts';
import { fileProblem, type LogSource } from './log-source.ts';
import { logRecords } from '../../api/logs/log-records.ts';

/** What came of reading one log. */
export interface LogReading {
  readonly name: string;
  readonly invocations: number;
  /** Lines like reports that Lambda did not write. */
  readonly leftOut: number;
  /** Reports that stand in it more than once, and were counted once. */
  readonly copies: number;
  /** Why it could not be read to its end; what came before counts. */
  readonly problem: string | null;
}

/**
 * Reads one log and hands on its invocations as they come.
 *
 * @param onRecords returns whether to go on; the next piece waits for it
 * @throws what `onRecords` throws
 */
export async function readLog(
  source: LogSource,
  onRecords: (records: readonly LogRecord[]) => boolean | Promise<boolean>,
): Promise<LogReading> {
  const reader = new PlatformLogReader();
  let invocations = 0;
  const reading = (problem: string | null): LogReading => ({
    name: source.name,
    invocations,
    leftOut: reader.leftOut,
    copies: reader.copies,
    problem,
  });
  const handOn = (records: readonly LogRecord[]): boolean | Promise<boolean> => {
    invocations += records.length;
    return records.length === 0 ? true : onRecords(records);
  };

  const read = logRecords(source.open(), reader);
  let problem: string | null = null;
  try {
    for (;;) {
      let next: IteratorResult<readonly LogRecord[], void>;
      try {
        next = await read.next();
      } catch (error) {
        problem = fileProblem(error);
        break;
      }
      if (next.done === true) break;
      if (!(await handOn(next.value))) return reading(null);
    }
  } finally {
    await read.return(undefined);
  }
  await handOn(reader.end());
  return reading(problem);
}
