import { type LogEntry, readEntries } from './log-entry.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import { YamlScalar } from './yaml-scalar.ts';

const OPENING =
  /^(?:- )?(?:events|results|ExecutedVersion|LogResult|queryLanguage|searchedLogStreams|nextToken|nextForwardToken|nextBackwardToken):/;
const MESSAGE = /^\s*(?:- )*(message|value|field|logStreamName|LogResult): ?(.*)$/;

/** Tells whether a log begins as the AWS CLI prints log events with `--output yaml` or `yaml-stream`. */
export function opensYamlEvents(firstLine: string): boolean {
  return OPENING.test(firstLine);
}

/**
 * Reads the messages of log events in YAML, as the AWS CLI prints it: nothing but texts, numbers and the
 * lists and objects around them. Holds one text at a time.
 */
export class YamlEvents {
  readonly #onEntry: (entry: LogEntry) => void;
  #open: { readonly key: string; readonly scalar: YamlScalar } | null = null;
  #stream = '';
  #field = '';
  #row: Record<string, string> = {};

  constructor(onEntry: (entry: LogEntry) => void) {
    this.#onEntry = onEntry;
  }

  line(line: string): void {
    if (this.#open !== null) {
      this.#open.scalar.fold(line);
      this.#take(this.#open);
      return;
    }
    if (/^\s*- - /.test(line)) this.#endRow();
    const match = MESSAGE.exec(line);
    if (match !== null) {
      this.#take({ key: match[1] ?? '', scalar: new YamlScalar(match[2] ?? '') });
    }
  }

  end(): void {
    this.#endRow();
  }

  #take(open: { readonly key: string; readonly scalar: YamlScalar }): void {
    const { key, scalar } = open;
    const { value } = scalar;
    if (value === null) {
      this.#open = scalar.length > MAX_LINE_CHARACTERS ? null : open;
      return;
    }
    this.#open = null;
    if (key === 'logStreamName') this.#stream = value;
    else if (key === 'field') this.#field = value;
    else if (key === 'value') this.#row[this.#field] = value;
    else if (key === 'LogResult') this.#row[key] = value;
    else this.#onEntry({ kind: 'message', message: value, stream: this.#stream });
  }

  /** A row of a query's result has its fields one after another. */
  #endRow(): void {
    const row = this.#row;
    this.#row = {};
    for (const entry of readEntries(row)) this.#onEntry(entry);
  }
}
