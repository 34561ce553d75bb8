export const ARCHITECTURES = ['x86_64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export type LogFormat = 'Text' | 'JSON';
export type SystemLogLevel = 'DEBUG' | 'INFO' | 'WARN';
export type ApplicationLogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** The facts about a function (or one version of it) that a run reads, in the field's words and our units. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** As AWS returned it: unqualified for $LATEST read without a qualifier. */
  readonly functionArn: string;
  /** `$LATEST` or a version number. */
  readonly version: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly description: string;
  readonly revisionId: string;
  readonly codeSha256: string;
  readonly architecture: Architecture;
  /** `null` for container images. */
  readonly runtime: string | null;
  /** The version of the managed runtime that AWS says it runs on; `null` where AWS names none. */
  readonly runtimeVersionArn: string | null;
  readonly packageType: 'Zip' | 'Image';
  readonly ephemeralStorageMb: number;
  readonly state: string;
  readonly stateReason: string | null;
  readonly lastUpdateStatus: string;
  readonly lastUpdateStatusReason: string | null;
  /** Such as `ImageDeleted`, where the last update failed. */
  readonly lastUpdateStatusReasonCode: string | null;
  readonly logFormat: LogFormat;
  /** `null` where the log format is Text, which has no levels. */
  readonly applicationLogLevel: ApplicationLogLevel | null;
  /** `null` where the log format is Text, which has no levels. */
  readonly systemLogLevel: SystemLogLevel | null;
  readonly logGroup: string;
  readonly snapStart: boolean;
  /** Set on a Lambda@Edge replica: the function in us-east-1 that it copies. */
  readonly masterArn: string | null;
  /** Set on a function of Lambda Managed Instances. */
  readonly managedInstances: boolean;
  /** Set on a durable function. */
  readonly durable: boolean;
  /** Set where every invocation must name a tenant. */
  readonly tenantIsolation: boolean;
  /** ARNs of its layers, in their order; absent: not read. */
  readonly layers?: readonly string[];
}

/** What a function logs, and where. */
export interface LoggingConfiguration {
  readonly logFormat: LogFormat;
  readonly applicationLogLevel: ApplicationLogLevel | null;
  readonly systemLogLevel: SystemLogLevel;
  readonly logGroup: string;
}
