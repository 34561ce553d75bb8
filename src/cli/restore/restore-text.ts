import { plainText } from '../../words/plain-text.ts';
import type { PutBackSetting, RestoredRun } from './put-run-back.ts';

const LABELS: Readonly<Record<PutBackSetting, string>> = {
  memoryMb: 'memory',
  timeoutSeconds: 'timeout',
  systemLogLevel: 'log level',
  description: 'description',
};
const UNITS: Readonly<Partial<Record<PutBackSetting, string>>> = {
  memoryMb: ' MB',
  timeoutSeconds: ' s',
};
const LABEL_WIDTH = 13;

/** Tells what was done to a function, line by line; users' text in it is made plain. */
export function restoreText(
  functionName: string,
  runs: readonly RestoredRun[],
  unicode: boolean,
): string {
  const name = plainText(functionName);
  if (runs.length === 0) return `${name}: nothing of a run is left on it.\n`;
  const arrow = unicode ? '→' : '->';
  const lines = runs.flatMap((restored) => [
    `${name}: ${isChange(restored) ? 'put back' : 'nothing to put back'} after run ${plainText(restored.run)}`,
    ...detailsOf(restored, arrow).map(([label, text]) => `  ${label.padEnd(LABEL_WIDTH)}${text}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function isChange({ changes, deletedVersions }: RestoredRun): boolean {
  return changes.length > 0 || deletedVersions.length > 0;
}

function detailsOf(
  { changes, deletedVersions, leftVersions, leftSettings }: RestoredRun,
  arrow: string,
): readonly (readonly [label: string, text: string])[] {
  const stayed = [
    ...leftVersions.map((version) => `version ${version}: an alias points at it`),
    ...leftSettings.map((setting) => `${setting}: somebody else has changed it since`),
  ];
  return [
    ...changes.map(({ setting, from, to }) => {
      const shown = (value: typeof from) =>
        typeof value === 'string'
          ? JSON.stringify(plainText(value))
          : `${value ?? 'none'}${UNITS[setting] ?? ''}`;
      return [LABELS[setting], `${shown(from)} ${arrow} ${shown(to)}`] as const;
    }),
    ...(deletedVersions.length === 0
      ? []
      : [['versions', `${deletedVersions.join(', ')} deleted`] as const]),
    ...stayed.map((text) => ['stayed', text] as const),
  ];
}
