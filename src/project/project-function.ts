import type { Architecture, LogFormat } from '../contract/shared/function-configuration.ts';
import type { Trigger } from '../contract/shared/trigger.ts';
import type { Setting } from './values/value.ts';

/** Where a function's code is, seen from its template. */
export type ProjectCode =
  | {
      readonly kind: 'folder';
      readonly folder: string;
      /** The module that a bundler makes of the handler's, where the template says so: `src/app.ts`. */
      readonly entries?: readonly string[];
    }
  /** A place that no local run can use: an archive, a bucket, an image, text in the template. */
  | { readonly kind: 'elsewhere'; readonly why: string };

/** A layer of a function: a folder here, or why there is none. */
export type ProjectLayer =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'elsewhere'; readonly why: string };

/** What invokes a function, as its template says. */
export interface ProjectTrigger {
  readonly source: Trigger['source'];
  /** The resource in the same template that it reads from; `null` where it is not in it. */
  readonly resource: string | null;
  readonly batchSize: number | null;
  readonly batchingWindowSeconds: number | null;
}

/** One function of a project: what its template says of it, as far as that can be known without deploying. */
export interface ProjectFunction {
  /** As the template names it: a logical id, a key of `functions`, a Terraform address. */
  readonly resource: string;
  /** Other names by which people may mean it: a construct's path, an id without its hash. */
  readonly otherNames: readonly string[];
  /** The name that it gets on AWS, where the template says one. */
  readonly name: string | null;
  /** The line that it begins in; `null` in a file that nobody reads by lines. */
  readonly line: number | null;
  readonly runtime: Setting<string>;
  readonly handler: Setting<string>;
  readonly code: ProjectCode;
  readonly layers: readonly ProjectLayer[];
  readonly memoryMb: Setting<number>;
  readonly timeoutSeconds: Setting<number>;
  readonly architecture: Setting<Architecture>;
  readonly logFormat: Setting<LogFormat>;
  readonly ephemeralStorageMb: Setting<number>;
  /** Variables whose values are known. They are handed to the handler and printed nowhere. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are not, by name, and why. */
  readonly unset: readonly { readonly name: string; readonly why: string }[];
  readonly triggers: readonly ProjectTrigger[];
  /** What its code was built by, where it is a build. */
  readonly build: ProjectBuild | null;
  /** Whether a tool made it for its own use, such as CDK's custom resources. */
  readonly isHelper: boolean;
}

/** The build that a function's code is from, and whether its source has changed since. */
export interface ProjectBuild {
  /** The command that makes it anew, such as `sam build`. */
  readonly command: string;
  readonly state: 'fresh' | 'older';
  /** The source that is newer than the build. */
  readonly newer: string | null;
}

export const FORMATS = ['cloudformation', 'serverless', 'terraform'] as const;

/** A project's template as it was read: its functions, and what is in it that was not read. */
export interface Project {
  readonly format: (typeof FORMATS)[number];
  readonly file: string;
  /** What a function has where the template says nothing. */
  readonly defaults: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly functions: readonly ProjectFunction[];
  /** What is not half understood: nested stacks, macros, loops. Whole sentences. */
  readonly notices: readonly string[];
}

/** What whoever runs the command says of the values that only a deployment knows. */
export interface ProjectTerms {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
}

/** What Lambda gives a function where nothing is said ("CreateFunction", Lambda API reference, 2026-11). */
export const LAMBDA_DEFAULTS = { memoryMb: 128, timeoutSeconds: 3 };
