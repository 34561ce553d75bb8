import type {
  Architecture,
  LogFormat,
  SystemLogLevel,
} from '../../contract/shared/function-configuration.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { FunctionHost } from './function-host.ts';
import type { DefinedState } from './function-state.ts';

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
  /** The version of a managed runtime, as AWS answers; an emulated function runs on none. */
  readonly runtimeVersionArn?: string;
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
  /** An image has neither runtime nor handler in its configuration. @default 'Zip' */
  readonly packageType?: 'Zip' | 'Image';
  /** Published versions start from a snapshot. @default false */
  readonly snapStart?: boolean;
  /** The state that it is found in. @default Active */
  readonly state?: DefinedState;
  /** Published versions end in the state Failed, for this reason, as after an init that failed. */
  readonly publishFailure?: {
    readonly reason: string;
    readonly reasonCode: string;
    /** @default versions of every size */
    readonly memoryMb?: number;
  };
  readonly vpc?: {
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  /** Makes it a Lambda@Edge replica of this function in us-east-1. */
  readonly masterArn?: string;
  /** Makes it a function of Lambda Managed Instances, with this capacity provider. */
  readonly capacityProviderArn?: string;
  /** Makes it a durable function. */
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionDays: number };
  /** Makes it a function whose every invocation must name a tenant. @default false */
  readonly tenantIsolation?: boolean;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where events that failed for good are sent. */
  readonly deadLetterArn?: string;
  /** What Lambda polls for it. */
  readonly eventSourceMappings?: readonly EventSourceMapping[];
}
