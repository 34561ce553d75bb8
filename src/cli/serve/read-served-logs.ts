import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { FunctionHost, LambdaEndpoint } from '../../emulator/index.ts';
import { logPieces } from '../../api/logs/log-pieces.ts';
import { fileProblem, logSources, type LogSource } from '../logs/log-source.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { EmbeddedFunctionFacts } from '../../api/tune/open-embedded.ts';
import { readLogLine } from './log-lines.ts';

/** Log files that stand behind a function. */
export interface ServedLog {
  readonly name: string;
  readonly source: LogSource;
}

/** Lines of one time make one piece: so many at most, and so far apart. */
const MOST_LINES = 1000;
const SAME_TIME_MS = 1000;

/** @throws {UsageError} for what is no `name=file`, and for files that cannot be read */
export async function readServedLogs(
  texts: readonly string[],
  stdin: NodeJS.ReadStream,
): Promise<readonly ServedLog[]> {
  const parts = texts.map((text) => /^([a-zA-Z0-9-_]{1,64})=(.+)$/s.exec(text));
  const wrong = texts.filter((_, index) => parts[index] === null);
  if (wrong.length > 0) {
    throw new UsageError(
      wrong.map((text) => `--logs: wanted name=file, it is ${JSON.stringify(text)}`),
    );
  }
  if (texts.length === 0) return [];
  const sources = await logSources(
    parts.map((match) => match?.[2] ?? ''),
    stdin,
  );
  return sources.map((source, index) => ({ name: parts[index]?.[1] ?? '', source }));
}

/** Returns a function of which only the logs are here: it has a configuration, and refuses to run. */
export function loggedFunction(name: string, region: string): EmbeddedFunctionFacts {
  return {
    name,
    host: LOGS_ONLY,
    architecture: 'x86_64',
    runtime: 'provided.al2023',
    memoryMb: 128,
    timeoutSeconds: 3,
    region,
    seed: undefined,
  };
}

const LOGS_ONLY: FunctionHost = {
  maxMemoryMb: 10_240,
  cpu: 'recorded',
  refuses: () => null,
  invoke: () =>
    Promise.resolve({
      payload: Buffer.from(
        '{"errorType":"LogsOnly","errorMessage":"Only the logs of this function are served; it has no code here."}',
      ),
      functionError: 'Unhandled',
      log: Buffer.alloc(0),
    }),
  retire: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/**
 * Puts the lines of a file into the function's log group, each at its own time; a line without one has the
 * time of the line before it, and the first ones that of the file's first time.
 *
 * @returns the memory size that the last report names, or `null`
 * @throws {UsageError} for a file that cannot be read to its end
 */
export async function loadLog(
  { name, source }: ServedLog,
  endpoint: LambdaEndpoint,
  nowMs: number,
): Promise<number | null> {
  const group = `/aws/lambda/${name}`;
  let piece: { atMs: number | null; stream: string | null; lines: string[] } = newPiece();
  let memoryMb: number | null = null;
  const early: (typeof piece)[] = [];
  const write = ({ atMs, stream, lines }: typeof piece): void => {
    if (lines.length === 0) return;
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    endpoint.addLog({
      group,
      stream:
        stream ??
        `${new Date(atMs ?? nowMs).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${'0'.repeat(32)}`,
      atMs: atMs ?? nowMs,
      size: bytes.length,
      read: () => bytes,
    });
  };
  const pieces = Readable.from(logPieces(source.open()));
  try {
    for await (const line of createInterface({ input: pieces, crlfDelay: Infinity })) {
      const read = readLogLine(line);
      memoryMb = memoryOf(read.message) ?? memoryMb;
      const atMs = read.atMs ?? piece.atMs;
      const stream = read.stream ?? piece.stream;
      const same =
        stream === piece.stream &&
        piece.lines.length < MOST_LINES &&
        (atMs === piece.atMs ||
          (atMs !== null && piece.atMs !== null && Math.abs(atMs - piece.atMs) < SAME_TIME_MS));
      if (!same) {
        if (piece.atMs === null) early.push(piece);
        else write(piece);
        if (piece.atMs === null && atMs !== null) {
          for (const each of early.splice(0)) write({ ...each, atMs });
        }
        piece = { atMs, stream, lines: [] };
      }
      piece.lines.push(read.message);
    }
  } catch (error) {
    throw new UsageError([`--logs: ${source.name} cannot be read: ${fileProblem(error)}`]);
  }
  for (const each of early) write(each);
  write(piece);
  return memoryMb;
}

function newPiece(): { atMs: number | null; stream: string | null; lines: string[] } {
  return { atMs: null, stream: null, lines: [] };
}

function memoryOf(line: string): number | null {
  const found = /^REPORT .*Memory Size: (\d+) MB|"memorySizeMB":\s*(\d+)/.exec(line);
  return found === null ? null : Number(found[1] ?? found[2]);
}
