/** A line of the platform behind something that is no timestamp, log stream or log group alone. */
export interface ForeignLine {
  /** The line itself, with `[REPORT]` written as the platform does. */
  readonly text: string;
  /** What stands before it, with every word replaced by one letter: alike for all lines of one tool. */
  readonly shape: string;
  /** Whether the line is a START or an END, which applications do not print. */
  readonly edge: boolean;
  /** Whether the prefix alone says that a tool wrote it: with a time, a log stream or a bar, and no logger's level. */
  readonly marked: boolean;
}

const MAX_LINE_CHARACTERS = 4096;
const LINE =
  /(?:\[(?:START|END|REPORT)\]|(?<![\w"'])(?:START|END|REPORT)) RequestId:|(?<![\w"'])(?:INIT_REPORT Init Duration:|RequestId: \S{1,64} (?:Error:|Process exited))|(?<![^\s:])(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?\S{1,64} Task timed out after [\d.]{1,12} seconds\s*$|\{(?=.*"platform\.(?:start|report|initReport)")/;
/**
 * What log daemons put before a line: syslog as of RFC 3164 (with its priority or, in files, without) and of
 * RFC 5424, the journal in each of its short outputs, the container runtimes of Kubernetes (CRI, only whole
 * lines), and `gh run view --log` with job, step and time.
 */
const OF_DAEMONS: Readonly<Record<'syslog' | 'cri' | 'gh', readonly RegExp[]>> = {
  syslog: [
    /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} (?:[ \d]\d|\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [A-Z]{3,5})?|\d{4}-\d\d-\d\dT\S{1,40}|\d{10}\.\d{6}) \S{1,255} [^\s:[\]]{1,64}(?:\[\d{1,10}\])?: $/,
    /^<\d{1,3}>1 (?:-|\d{4}-\d\d-\d\dT\S{1,40}) \S{1,255} \S{1,48} \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+) (?:\uFEFF|\u00EF\u00BB\u00BF)?$/,
  ],
  cri: [/^\d{4}-\d\d-\d\dT\S{1,40} (?:stdout|stderr) F $/],
  gh: [/^(?!\d{4}-)[^\t]+\t[^\t]+\t(?:\u00EF\u00BB\u00BF)?\d{4}-\d\d-\d\dT[\d:.]+Z $/],
};
/** How rsyslog writes a tab. */
const ESCAPED_TAB = '#011';
const TIME = /\d:\d\d:\d\d|\d{4}-\d\d-\d\d|\d{4}\/\d\d\/\d\d\//;
const LEVEL = /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b/i;
const STREAM = /\d{4}\/\d\d\/\d\d\/\S+/g;
const BRACKETS = /\[[^[\]"]*\]/g;
/** A time or a number, or the half of the day. */
const NUMBER = /^(?:[\d+-][\d.:,/TZ+-]*|[AP]M:?)$/i;
/** A time and a tab, as rows have it that were copied from the console; line numbers, quotations and lists. */
const COPIED = /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)\t|(?=\s*\S)[ \d>*#|.,:()[\]-]*\t?)$/;
/** What grep puts before a line of a file. */
const OF_FILE = /^\S+:$/;
const NAME = /^[\w$./:@-]+$/;

/**
 * Finds the platform's line behind what tools put before it that follow the logs of several functions or
 * containers: `cdk watch`, `docker compose`, Pulumi, syslog, `awslogs` with a group of another name, and their
 * kin, and behind what people copy with it. What a sentence or a logger's level stands before is an
 * application's line.
 *
 * @returns `null` where there is none
 */
export function findForeignLine(log: string, start: number, end: number): ForeignLine | null {
  if (end - start > MAX_LINE_CHARACTERS) return null;
  const line = log.slice(start, end);
  const found = LINE.exec(line);
  if (found === null) return null;
  const prefix = line.slice(0, found.index);
  const daemon = daemonOf(prefix);
  if (daemon !== null) {
    const text = line.slice(found.index).replaceAll(ESCAPED_TAB, '\t');
    return { text, shape: daemon, edge: isEdge(text), marked: true };
  }
  // An application's line begins with a time and a tab, too.
  const marked = !prefix.includes('\t') && (TIME.test(prefix) || prefix.includes('|'));
  const inBrackets = prefix.includes('[') || found[0].startsWith('[');
  const named = marked || inBrackets || OF_FILE.test(prefix);
  if (!COPIED.test(prefix) && !(named && isPrefix(prefix))) return null;
  const text = line.slice(found.index).replace(/^\[(START|END|REPORT)\]/, '$1');
  return {
    text,
    shape: prefix.replace(/[^\s[\]|()]+/g, 'w').replace(/\s+/g, ' '),
    edge: isEdge(text),
    marked: marked && !LEVEL.test(prefix),
  };
}

function daemonOf(prefix: string): string | null {
  for (const [daemon, forms] of Object.entries(OF_DAEMONS)) {
    if (forms.some((form) => form.test(prefix))) return daemon;
  }
  return null;
}

function isEdge(text: string): boolean {
  return /^(?:START |END |\{.*"platform\.start")/.test(text);
}

/** Times, log streams, bars and groups in brackets, with one name among them at most. */
function isPrefix(prefix: string): boolean {
  if (prefix.includes('\t') || prefix.includes('"')) return false;
  const words = prefix
    .replace(STREAM, ' ')
    .replace(BRACKETS, ' ')
    .split(/[\s|>]+/)
    .filter((word) => word !== '' && !NUMBER.test(word));
  return words.length <= 1 && words.every((word) => NAME.test(word) && !LEVEL.test(word));
}
