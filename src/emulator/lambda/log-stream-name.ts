import type { VariantSettings } from './function-host.ts';

/**
 * Returns the log stream of one environment. In the function's own group it is `2026/11/21/[7]0123…`; a group
 * that functions may share has the function's name before the version ("Configuring CloudWatch log groups",
 * Lambda Developer Guide, 2026-11).
 *
 * @param id 32 hexadecimal digits, one for each environment
 */
export function logStreamName(
  settings: Pick<VariantSettings, 'functionName' | 'version' | 'logGroup'>,
  atMs: number,
  id: string,
): string {
  const { functionName, version, logGroup } = settings;
  const day = new Date(atMs).toISOString().slice(0, 10).replaceAll('-', '/');
  const owner = logGroup === `/aws/lambda/${functionName}` ? '' : functionName;
  return `${day}/${owner}[${version}]${id}`;
}
