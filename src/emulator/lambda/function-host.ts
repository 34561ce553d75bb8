import type { LogFormat, SystemLogLevel } from '../../contract/shared/function-configuration.ts';

/** The settings of one function version that decide how an invocation runs. */
export interface VariantSettings {
  readonly functionName: string;
  /** Unqualified, whatever the version. */
  readonly functionArn: string;
  /** `$LATEST` or a version number. */
  readonly version: string;
  /** Changes with every update of $LATEST; environments of an older one are recycled, as on Lambda. */
  readonly revisionId: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly ephemeralStorageMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFormat: LogFormat;
  readonly systemLogLevel: SystemLogLevel;
  /** Of what the function logs; there is one for JSON only. */
  readonly applicationLogLevel?: string;
  readonly logGroup: string;
  /** True for a version that starts from a snapshot: it restores where others run their init. */
  readonly snapStart?: boolean;
}

export interface HostInvocation {
  readonly settings: VariantSettings;
  /** The ARN as the caller qualified it (`Lambda-Runtime-Invoked-Function-Arn`); absent: `functionArn`. */
  readonly invokedFunctionArn?: string;
  readonly requestId: string;
  readonly payload: Buffer;
  /** `X-Amz-Client-Context`, decoded; absent where the caller sent none. */
  readonly clientContext?: string;
}

/** What the host hands back: the body, and everything the invocation logged, platform log included. */
export interface HostReply {
  readonly payload: Buffer;
  readonly functionError: 'Handled' | 'Unhandled' | null;
  readonly log: Buffer;
  /** What a handler wrote as a stream, of any length; `isWhole` where nothing failed on the way. */
  readonly stream?: { readonly body: Buffer; readonly isWhole: boolean };
  /** The environment's log stream; without one the endpoint names it. */
  readonly logStream?: string;
}

/**
 * Carries out invocations of one embedded function: real processes, or a recording. The endpoint in
 * front of it owns names, versions, revisions and concurrency; the host owns what happens inside.
 */
export interface FunctionHost {
  /** The largest memory size that this host can give; larger ones are refused by the endpoint. */
  readonly maxMemoryMb: number;
  /** Sizes the host has no answer for: the reason, or `null` where it can run. */
  refuses(memoryMb: number): string | null;
  /** How the CPU share is made: part of every emulated result. */
  readonly cpu: 'cgroup-v1' | 'cgroup-v2' | 'settle' | 'recorded';
  /** By what processes are measured; absent where there are none. */
  readonly meter?: 'linux' | 'posix';
  /** The most of `/tmp` and open files that invocations used, by memory size; absent where there are no processes. */
  peaks?(): readonly {
    readonly memoryMb: number;
    readonly ephemeralStorageMb: number | null;
    readonly fileDescriptors: number | null;
  }[];
  invoke(invocation: HostInvocation): Promise<HostReply>;
  /** Ends the environments of a version that was deleted or of a $LATEST that changed. */
  retire(functionArn: string, version: string): Promise<void>;
  /** Ends everything: no process, cgroup or port is left when it resolves. */
  close(): Promise<void>;
}
