import { seededRandom, standardNormal, type Random } from '../../src/contract/shared/random.ts';

/** A function of which everything is known: what its calls take, and what they would take at another size. */
export interface KnownFunction {
  readonly name: string;
  readonly calls: number;
  readonly isJson: boolean;
  readonly memoryMb: number;
  /** In the first half of the window; the same where nobody changed it. */
  readonly formerMb: number;
  readonly timeoutSeconds: number;
  readonly medianMs: number;
  readonly spread: number;
  /** Share of calls that take ten times as long. */
  readonly slowShare: number;
  readonly coldShare: number;
  readonly initMs: number;
  readonly usedMb: number;
  readonly outOfMemoryShare: number;
  readonly errorShare: number;
  /** Part of the duration that CPU takes: the rest is the same at every size. */
  readonly cpuPart: number;
}

export interface Call {
  readonly memoryMb: number;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly usedMb: number;
  /** `null`: warm. */
  readonly initMs: number | null;
  readonly end: 'ok' | 'error' | 'timeout' | 'out-of-memory';
}

/** Calls of one time in the log; each such piece is made from its own seed whenever it is read. */
export const PIECE = 1000;

/** One vCPU. More memory is no faster here. */
const ONE_CPU_MB = 1769;

/** @param calls of all functions together, shared out unevenly as traffic is */
export function knownFunctions(count: number, calls: number, seed: number): KnownFunction[] {
  const random = seededRandom(seed);
  const weights = Array.from({ length: count }, () => Math.exp(1.2 * standardNormal(random)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight, index) =>
    knownFunction(
      `fn-${String(index).padStart(3, '0')}`,
      Math.max(200, Math.round((weight / sum) * calls)),
      index % 2 === 1,
      random,
    ),
  );
}

function knownFunction(
  name: string,
  calls: number,
  isJson: boolean,
  random: Random,
): KnownFunction {
  const memoryMb = oneOf([256, 512, 1024, 1769, 3008], random);
  const medianMs = 5 * 400 ** random();
  const slowShare = random() < 0.2 ? 0.02 * random() : 0;
  // A function that only computes takes nearly the same time at every call; buckets of 2 % then show nothing of
  // its tail.
  const spread = random() < 0.25 ? 0.003 + 0.05 * random() : 0.1 + 0.7 * random();
  // Most timeouts leave room, as people choose them; a few cut the tail off.
  const roomy = [3, 6, 15, 30, 60, 300, 900].filter((s) => s * 1000 > medianMs * 20);
  return {
    name,
    calls,
    isJson,
    memoryMb,
    formerMb: random() < 0.2 ? memoryMb * 2 : memoryMb,
    timeoutSeconds: random() < 0.1 ? Math.ceil((medianMs * 5) / 1000) : oneOf(roomy, random),
    medianMs,
    spread,
    slowShare,
    coldShare: 0.0005 * 60 ** random(),
    initMs: 150 * 10 ** random(),
    usedMb: Math.round(memoryMb * (0.1 + 0.85 * random())),
    outOfMemoryShare: random() < 0.03 ? 0.001 : 0,
    errorShare: isJson ? 0.002 : 0,
    cpuPart: random(),
  };
}

function oneOf<T>(values: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)] ?? values.at(-1);
  if (value === undefined) throw new Error('there is nothing to choose from');
  return value;
}

/** How long the same work takes at a size, against the present one. */
export function slownessAt(
  { cpuPart, memoryMb: presentMb }: KnownFunction,
  memoryMb: number,
): number {
  const of = (mb: number): number => 1 / Math.min(mb, ONE_CPU_MB);
  return 1 - cpuPart + (cpuPart * of(memoryMb)) / of(presentMb);
}

export function pieceCount({ calls }: KnownFunction): number {
  return Math.ceil(calls / PIECE);
}

/** The calls of one piece, the same at every asking. */
export function callsOf(known: KnownFunction, piece: number): readonly Call[] {
  const random = seededRandom(piece, known.name);
  const isFormer = piece < pieceCount(known) / 2;
  const memoryMb = isFormer ? known.formerMb : known.memoryMb;
  const scale = slownessAt(known, memoryMb) * known.medianMs;
  const n = Math.min(PIECE, known.calls - piece * PIECE);
  return Array.from({ length: n }, () => oneCall(known, memoryMb, scale, random));
}

function oneCall(known: KnownFunction, memoryMb: number, scaleMs: number, random: Random): Call {
  const isCold = random() < known.coldShare;
  const slow = (random() < known.slowShare ? 10 : 1) * (isCold ? 3 : 1);
  const wantedMs = Math.max(0.5, scaleMs * slow * Math.exp(known.spread * standardNormal(random)));
  const limitMs = known.timeoutSeconds * 1000;
  const chance = random();
  const isFull = chance < known.outOfMemoryShare;
  const isTimeout = !isFull && wantedMs > limitMs;
  const isError = !isFull && !isTimeout && chance > 1 - known.errorShare;
  const durationMs = Math.round(Math.min(wantedMs, limitMs) * 100) / 100;
  const initMs = isCold
    ? Math.round(known.initMs * Math.exp(0.1 * standardNormal(random)) * 100) / 100
    : null;
  return {
    memoryMb,
    durationMs,
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    usedMb: isFull ? memoryMb : Math.round(known.usedMb * (0.9 + 0.1 * random())),
    initMs,
    end: isFull ? 'out-of-memory' : isTimeout ? 'timeout' : isError ? 'error' : 'ok',
  };
}

const ID = '4ce9340a-b765-490f-ad8a-02ab3415e2bf';

/** The lines that Lambda would have written, text or JSON. */
export function bytesOf(known: KnownFunction, calls: readonly Call[]): Buffer {
  return Buffer.from(calls.map(known.isJson ? jsonLine : textLine).join(''));
}

function textLine(call: Call): string {
  const init = call.initMs === null ? '' : `Init Duration: ${call.initMs.toFixed(2)} ms\t`;
  const end = { ok: '', error: '', timeout: 'Status: timeout\t', 'out-of-memory': FULL }[call.end];
  return `REPORT RequestId: ${ID}\tDuration: ${call.durationMs.toFixed(2)} ms\tBilled Duration: ${call.billedMs} ms\tMemory Size: ${call.memoryMb} MB\tMax Memory Used: ${call.usedMb} MB\t${init}${end}\n`;
}

const FULL = 'Status: error\tError Type: Runtime.OutOfMemory\t';

function jsonLine(call: Call): string {
  const init = call.initMs === null ? '' : `,"initDurationMs":${call.initMs}`;
  const status = { ok: 'success', error: 'error', timeout: 'timeout', 'out-of-memory': 'error' }[
    call.end
  ];
  const type = call.end === 'out-of-memory' ? ',"errorType":"Runtime.OutOfMemory"' : '';
  return `{"time":"2026-11-20T00:00:00.000Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":${call.durationMs},"billedDurationMs":${call.billedMs},"memorySizeMB":${call.memoryMb},"maxMemoryUsedMB":${call.usedMb}${init}},"status":"${status}"${type}}}\n`;
}
