import { CsvRecords, type Separator } from './csv-records.ts';
import type { LogEntry } from './log-entry.ts';
import { type LogColumns, readLogColumns } from './log-columns.ts';
import { MAX_LINE_CHARACTERS } from './log-limits.ts';
import { readTableCells } from './table-cells.ts';
import { opensYamlEvents, YamlEvents } from './yaml-events.ts';

/** How a log is laid out whose first line says so: every line of it is read that way. */
export interface LogLayout {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

type OnEntry = (entry: LogEntry) => void;

/** @returns `null` for a log of lines or of JSON documents, which most are */
export function layoutOf(firstLine: string, onEntry: OnEntry): LogLayout | null {
  const line = firstLine.trim();
  for (const separator of [',', ';', '\t'] as const) {
    const names = line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const columns = names.length > 1 || line.includes('@') ? readLogColumns(names) : null;
    if (columns !== null) return csvLayout(separator, columns, onEntry);
  }
  const cells = readTableCells(line);
  const columns = cells && readLogColumns(cells);
  if (columns !== null) return lineLayout(tableReader(columns, onEntry));
  return opensYamlEvents(line) ? lineLayout(new YamlEvents(onEntry)) : null;
}

function csvLayout(separator: Separator, columns: LogColumns, onEntry: OnEntry): LogLayout {
  const records = new CsvRecords(separator, (fields) => {
    const entry = columns.read(joinMessage(fields, separator, columns));
    if (entry !== null) onEntry(entry);
  });
  return {
    push: (text) => {
      records.push(text);
    },
    end: () => {
      records.end();
    },
  };
}

/** Puts a message together again that holds the separator and whose writer has put no quotes around it. */
function joinMessage(
  fields: readonly string[],
  separator: Separator,
  { count, message }: LogColumns,
): readonly string[] {
  const end = message + 1 + fields.length - count;
  if (message < 0 || end <= message + 1) return fields;
  return [
    ...fields.slice(0, message),
    fields.slice(message, end).join(separator),
    ...fields.slice(end),
  ];
}

interface LinesOfLayout {
  readonly line: (line: string) => void;
  readonly end: () => void;
}

function tableReader(columns: LogColumns, onEntry: OnEntry): LinesOfLayout {
  return {
    line: (line) => {
      const cells = readTableCells(line);
      const entry = cells && columns.read(cells);
      if (entry !== null) onEntry(entry);
    },
    end: () => undefined,
  };
}

function lineLayout(reader: LinesOfLayout): LogLayout {
  let rest = '';
  return {
    push: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) reader.line(line);
      if (rest.length > MAX_LINE_CHARACTERS) rest = '';
    },
    end: () => {
      if (rest !== '') reader.line(rest);
      reader.end();
    },
  };
}
