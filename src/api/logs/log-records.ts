import { ByteSearch } from '../../core/platform-log/byte-search.ts';
import type { LogRecord } from '../../core/platform-log/invocation-ledger.ts';
import type { PlatformLogReader } from '../../core/platform-log/platform-log-reader.ts';
import { logPieces } from './log-pieces.ts';

/**
 * Reads the bytes of a log, packed or plain, and hands on what invocations they hold, piece by piece. What is
 * open when they end is the reader's to tell (`end`).
 */
export async function* logRecords(
  bytes: Parameters<typeof logPieces>[0],
  reader: PlatformLogReader,
): AsyncGenerator<readonly LogRecord[], void, undefined> {
  const search = new ByteSearch(reader);
  for await (const piece of logPieces(bytes)) {
    yield typeof piece === 'string' ? reader.push(piece) : search.push(piece);
  }
}
