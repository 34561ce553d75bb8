import { adviceTable } from './advice-table.ts';
import { inputTable } from './input-table.ts';
import { policyTable } from './policy-table.ts';
import { resultTable } from './result-table.ts';

/** Returns every generated part of the documentation: by file, then by the name that its markers carry. */
export function generatedParts(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    'README.md': { input: inputTable() },
    'docs/result.md': { result: resultTable(), advice: adviceTable() },
    'docs/workflow.md': { retries: policyTable() },
  };
}
