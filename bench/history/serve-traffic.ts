/**
 * The embedded endpoint with generated logs, as a process of its own: `serve-traffic <functions> <lines> <file>`.
 * Lines are made from their seed when somebody reads them. What the raw values say is written to the file, then
 * the address is printed.
 */
import { writeFileSync } from 'node:fs';
import { loggedFunction } from '../../src/cli/serve/read-served-logs.ts';
import { startLambdaEndpoint } from '../../src/emulator/index.ts';
import { bytesOf, callsOf, knownFunctions, pieceCount } from './generated-calls.ts';
import { RawTruth, REGION } from './raw-truth.ts';

const [functions = '200', lines = '1000000', file = ''] = process.argv.slice(2);
const WINDOW_MS = 13.9 * 86_400_000;
const sinceMs = Date.now() - WINDOW_MS;
const endpoint = await startLambdaEndpoint();
const truths = knownFunctions(Number(functions), Number(lines), 1).map((known) => {
  const { seed: _, ...definition } = loggedFunction(known.name, REGION);
  endpoint.addFunction({
    ...definition,
    memoryMb: known.memoryMb,
    timeoutSeconds: known.timeoutSeconds,
  });
  const truth = new RawTruth(known);
  const pieces = pieceCount(known);
  for (let piece = 0; piece < pieces; piece += 1) {
    const calls = callsOf(known, piece);
    truth.add(calls);
    endpoint.addLog({
      group: `/aws/lambda/${known.name}`,
      stream: `2026/11/20/[${known.memoryMb === known.formerMb || piece < pieces / 2 ? 1 : 2}]0123456789abcdef0123456789abcdef`,
      atMs: Math.round(sinceMs + ((piece + 0.5) / pieces) * WINDOW_MS),
      size: bytesOf(known, calls).length,
      read: () => bytesOf(known, callsOf(known, piece)),
    });
  }
  return truth.end();
});
writeFileSync(file, JSON.stringify(truths));
console.log(endpoint.url);
