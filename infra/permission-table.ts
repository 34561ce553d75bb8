import { CONTEXT_KEYS } from './app-context.ts';
import { CHECK_PERMISSIONS } from './check-permissions.ts';
import { STAGE_PERMISSIONS } from './stage-permissions.ts';
import type { Permission, Scope } from './permission.ts';

const ON: { readonly [Each in Scope]: string } = {
  function: '`fn`',
  versions: '`fn:*`',
  'log groups': 'its log group',
  processors: 'processors, `:*` too',
  payloads: 'payload buckets',
  queues: 'queues named',
  executions: "this state machine's executions",
  'state machine': 'this state machine',
  everything: '`*`',
};

/** Returns the permissions of every stage in Markdown, for `docs/security.md`. */
export function permissionTables(): string {
  return tables(STAGE_PERMISSIONS, (stage) => stage);
}

/** Writes the same table for the stages of a check. */
export function checkPermissionTables(): string {
  return tables(CHECK_PERMISSIONS, (stage) => `${stage} of a check`);
}

function tables(
  permissions: Readonly<Record<string, readonly Permission[]>>,
  titleOf: (stage: string) => string,
): string {
  return Object.entries(permissions)
    .map(([stage, rows]) => `### ${titleOf(stage)}\n\n${tableOf(rows)}`)
    .join('\n\n');
}

function tableOf(permissions: readonly Permission[]): string {
  if (permissions.length === 0) return 'Nothing: it computes.';
  const rows = permissions.map(({ actions, on, why }) => [
    actions.map((action) => `\`${action}\``).join(', '),
    on.map((scope) => ON[scope]).join(', '),
    why,
  ]);
  return table(['action', 'on', 'why'], rows);
}

/** Tells what a deployment may set, in Markdown. */
export function contextTable(): string {
  const rows = Object.entries(CONTEXT_KEYS).map(([key, meaning]) => [`\`${key}\``, meaning]);
  return table(['`-c`', 'means'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
