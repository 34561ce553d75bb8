/** A line of a log with what stood in front of it. */
export interface TimedLine {
  /** `null` where neither the line nor its prefix says. */
  readonly atMs: number | null;
  readonly stream: string | null;
  readonly message: string;
}

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
/** As `aws logs tail` prints an event: time, stream, message. */
const TAILED = new RegExp(`^(${TIME}) (\\d{4}/\\d\\d/\\d\\d/\\S+) (.*)$`, 's');
/** A line of an application as Lambda's runtimes print it, or one whose exporter put a time before it. */
const TIMED = new RegExp(`^(${TIME})[\\s]`);
/** Lambda's JSON logs: `time` of the platform's events, `timestamp` of an application's. */
const JSON_TIME = new RegExp(`"time(?:stamp)?"\\s*:\\s*"(${TIME})"`);

/** Takes a line apart: the prefix of `aws logs tail` goes, other times stay where they are. */
export function readLogLine(line: string): TimedLine {
  const tailed = TAILED.exec(line);
  if (tailed !== null) {
    const [, time = '', stream = '', message = ''] = tailed;
    return { atMs: timeOf(time), stream, message };
  }
  const exported = TIMED.exec(line);
  const rest = exported === null ? '' : line.slice(exported[0].length);
  // What CloudWatch exports to S3 has a time before each message, Lambda's own lines among them.
  if (/^(REPORT|START|END|INIT_START|\{)/.test(rest)) {
    return { atMs: timeOf(exported?.[1]), stream: null, message: rest };
  }
  const time = exported?.[1] ?? (line.startsWith('{') ? JSON_TIME.exec(line)?.[1] : undefined);
  return { atMs: timeOf(time), stream: null, message: line };
}

function timeOf(text: string | undefined): number | null {
  const ms = text === undefined ? NaN : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}
