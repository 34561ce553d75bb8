import type { Result } from '../contract/tune/result.ts';
import { csvRow } from './csv/csv-row.ts';

/**
 * Returns every observation of a result as CSV (RFC 4180), one a row. Compressed observations must be
 * unpacked first: of them only the fact that they are there is told.
 */
export function observationsCsv({ observations }: Result): string {
  if ('encoding' in observations) {
    return csvRow([`observations are compressed (${observations.encoding})`]);
  }
  return [csvRow(observations.columns), ...observations.rows.map(csvRow)].join('');
}
