import { createHash } from 'node:crypto';
import type { LogFormat, SystemLogLevel } from '../../contract/shared/function-configuration.ts';
import type { FunctionDefinition } from './function-definition.ts';

export type ApplicationLogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export interface LogSettings {
  readonly logFormat: LogFormat;
  /** The levels exist for JSON only. */
  readonly applicationLogLevel: ApplicationLogLevel | null;
  readonly systemLogLevel: SystemLogLevel | null;
  readonly logGroup: string;
}

/** What `UpdateFunctionConfiguration` can change, and a version freezes. */
export interface FunctionSettings {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly description: string;
  readonly ephemeralStorageMb: number;
  /** `null` where it was never set: the configuration then has no Environment at all. */
  readonly environment: Readonly<Record<string, string>> | null;
  readonly log: LogSettings;
  readonly role: string;
  /** Whether published versions start from a snapshot. */
  readonly snapStart: boolean;
  /** Where events that failed for good are sent, `null` for nowhere. */
  readonly deadLetterArn: string | null;
  /** In base64. Deploying other code changes it, and nothing else here. */
  readonly codeSha256: string;
}

export function initialSettings(definition: FunctionDefinition): FunctionSettings {
  const json = definition.logFormat === 'JSON';
  return {
    memoryMb: definition.memoryMb,
    timeoutSeconds: definition.timeoutSeconds,
    description: definition.description ?? '',
    ephemeralStorageMb: definition.ephemeralStorageMb ?? 512,
    environment: definition.environment ?? null,
    log: {
      logFormat: definition.logFormat ?? 'Text',
      applicationLogLevel: json ? 'INFO' : null,
      systemLogLevel: json ? (definition.systemLogLevel ?? 'INFO') : null,
      logGroup: `/aws/lambda/${definition.name}`,
    },
    role: `arn:aws:iam::${definition.accountId ?? '123456789012'}:role/embedded`,
    snapStart: definition.snapStart ?? false,
    deadLetterArn: definition.deadLetterArn ?? null,
    codeSha256:
      definition.codeSha256 ?? createHash('sha256').update(definition.name).digest('base64'),
  };
}

/**
 * Equal for settings that are equal in content, whatever the order of their environment variables.
 * PublishVersion compares content: a change that was taken back is no change.
 */
export function settingsFingerprint(settings: FunctionSettings): string {
  const variables = Object.entries(settings.environment ?? {}).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const text = JSON.stringify({ ...settings, environment: variables });
  return createHash('sha256').update(text).digest('base64');
}
