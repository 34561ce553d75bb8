/** Set by a host that cannot see from outside what this process uses; no business of the handler. */
const reports = process.env['POWERDIAL_REPORTS_USAGE'] !== undefined;
delete process.env['POWERDIAL_REPORTS_USAGE'];

const BYTES_PER_KB = 1024;

/**
 * The mark is in kilobytes, but older versions of libuv pass on the bytes that macOS counts in. A mark in
 * bytes is above what is held now, and one in kilobytes is far below it.
 */
const isInBytes = reports && process.resourceUsage().maxRSS >= heldBytes();

/**
 * On Linux the high-water mark is that of the process that started this one, until this one is larger
 * (getrusage(2): it outlives an exec). Below it only what was held at each request is known.
 */
const inheritedBytes = reports ? highWaterBytes() : 0;
let seenBytes = 0;

/** A line for the head of a request: processor time in µs, and the most memory in bytes; or nothing. */
export function usageHeader() {
  if (!reports) return '';
  const { user, system } = process.cpuUsage();
  const markBytes = highWaterBytes();
  seenBytes = Math.max(seenBytes, heldBytes());
  const peakBytes = markBytes > inheritedBytes ? markBytes : seenBytes;
  return `Powerdial-Usage: ${user + system} ${peakBytes}\r\n`;
}

function highWaterBytes() {
  const { maxRSS } = process.resourceUsage();
  return isInBytes ? maxRSS : maxRSS * BYTES_PER_KB;
}

/** What is held now; 0 where it cannot be read, as in a process that has every file open that it may. */
function heldBytes() {
  try {
    return process.memoryUsage.rss();
  } catch {
    return 0;
  }
}
