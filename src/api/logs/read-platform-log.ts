import { logObservation, type LogObservation } from '../../core/platform-log/log-observation.ts';
import { PlatformLogReader } from '../../core/platform-log/platform-log-reader.ts';
import { logRecords } from './log-records.ts';

/** A log: its text, its bytes (packed ones too), or its bytes as they come, such as a file's stream. */
export type PlatformLog = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Reads what Lambda logged about invocations, wherever it stands in a log: REPORT lines, events in JSON, and both
 * behind the prefixes of tools. One observation for each invocation, in the order of the log: durations in
 * milliseconds, memory in MB; what the log does not tell is `null`.
 *
 * @example
 * for await (const { durationMs } of readPlatformLog(text)) durationsMs.push(durationMs);
 */
export async function* readPlatformLog(log: PlatformLog): AsyncGenerator<LogObservation> {
  const reader = new PlatformLogReader();
  for await (const records of logRecords(bytesOf(log), reader)) {
    for (const record of records) yield logObservation(record);
  }
  for (const record of reader.end()) yield logObservation(record);
}

async function* bytesOf(log: PlatformLog): AsyncGenerator<Buffer> {
  if (typeof log === 'string') yield Buffer.from(log);
  else if (log instanceof Uint8Array) yield Buffer.from(log);
  // A piece is read where it stands: the next one may be written over it.
  else for await (const piece of log) yield Buffer.from(piece);
}
