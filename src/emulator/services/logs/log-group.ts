/** The classes of a log group ("Log classes", CloudWatch Logs guide, 2026-11). */
export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY';

/** What a log group is, beyond its lines. */
export interface LogGroupSettings {
  /** @default that of the endpoint */
  readonly class?: LogGroupClass;
  /** Lines older than that are gone. @default never */
  readonly retentionDays?: number;
  readonly kmsKeyId?: string;
  /** Whether nobody may query it. @default false */
  readonly denied?: boolean;
}

/** The settings of each group. */
export type LogGroupsOf = (name: string) => LogGroupSettings & { readonly class: LogGroupClass };

const DAY_MS = 24 * 3600 * 1000;

/** Tells when the oldest line was written that a group still has. */
export function keptSinceMs({ retentionDays }: LogGroupSettings, nowMs: number): number {
  return retentionDays === undefined ? -Infinity : nowMs - retentionDays * DAY_MS;
}

export function logGroupArn(region: string, name: string): string {
  return `arn:aws:logs:${region}:123456789012:log-group:${name}`;
}
