import type {
  Architecture,
  LogFormat,
  SystemLogLevel,
} from '../../contract/function-configuration.ts';
import type { FunctionHost } from './function-host.ts';

/** A function that the endpoint offers: what its configuration says, and what runs it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly host: FunctionHost;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** @default '' */
  readonly description?: string;
  readonly architecture: Architecture;
  /** As Lambda names it: `nodejs24.x`, `provided.al2023`. */
  readonly runtime: string;
  /** @default 'index.handler' */
  readonly handler?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 'Text' */
  readonly logFormat?: LogFormat;
  /** Counts for JSON only. @default 'INFO' */
  readonly systemLogLevel?: SystemLogLevel;
  /** @default 512 */
  readonly ephemeralStorageMb?: number;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Twelve digits. @default '123456789012' */
  readonly accountId?: string;
  /** Hash of the code in base64, so that changed code is told apart. @default a hash of the name */
  readonly codeSha256?: string;
}
