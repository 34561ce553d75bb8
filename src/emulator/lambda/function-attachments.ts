import type { EventInvokeConfig } from './event-invoke-config.ts';
import type { PolicyStatement } from './policy-statement.ts';

export interface ProvisionedConcurrency {
  readonly requested: number;
  readonly modifiedAtMs: number;
  /** When its allocation ends, in milliseconds. */
  readonly readyAtMs: number;
}

export interface FunctionUrl {
  readonly urlId: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly createdAtMs: number;
}

/** What hangs on a function, a version or an alias, by qualifier; `$LATEST` is the function itself. */
export class FunctionAttachments {
  readonly policies = new Map<string, readonly PolicyStatement[]>();
  readonly urls = new Map<string, FunctionUrl>();
  readonly eventInvokeConfigs = new Map<string, EventInvokeConfig>();
  readonly provisioned = new Map<string, ProvisionedConcurrency>();

  /** What aliases and versions keep ready, all together. */
  provisionedTotal(): number {
    let sum = 0;
    for (const { requested } of this.provisioned.values()) sum += requested;
    return sum;
  }

  /** A version or alias is gone, and with it what hung on it. */
  forget(qualifier: string): void {
    for (const map of [this.policies, this.urls, this.eventInvokeConfigs, this.provisioned]) {
      map.delete(qualifier);
    }
  }
}
