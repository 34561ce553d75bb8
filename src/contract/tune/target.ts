import { z } from 'zod';
import { PROJECTS } from './advice.ts';
import { ARCHITECTURES } from '../shared/function-configuration.ts';

export const deploymentSchema = z.object({
  project: z.enum(PROJECTS).nullable(),
  /** In the template of its stack; `null` without one. */
  logicalId: z.string().nullable(),
});
/** What deploys the target, as far as its tags tell it. */
export type Deployment = z.infer<typeof deploymentSchema>;

export const targetSchema = z.object({
  functionName: z.string(),
  /** Unqualified. */
  functionArn: z.string(),
  region: z.string(),
  architecture: z.enum(ARCHITECTURES),
  runtime: z.string().nullable(),
  memoryMb: z.int(),
  timeoutSeconds: z.int(),
  description: z.string(),
  systemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).nullable(),
  logFormat: z.enum(['Text', 'JSON']),
  applicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).nullable(),
  logGroup: z.string(),
  ephemeralStorageMb: z.int(),
  snapStart: z.boolean(),
  codeSha256: z.string(),
  revisionId: z.string(),
  /**
   * Whether anything may call $LATEST without a version or alias, as far as it leaves a trace; true where
   * that could not be read.
   */
  calledUnqualified: z.boolean().default(true),
  /** Executions that its aliases and versions keep ready, all together; `null` where that may not be read. */
  provisioned: z.int().nullable().default(null),
  /** `null` where its tags do not tell, or may not be read. States of earlier versions have none. */
  deployment: deploymentSchema.nullable().exactOptional(),
  /** The highest version number that existed before the run; 0 where there was none. */
  highestVersion: z.int(),
  /**
   * The alias that is to point at the recommendation, as it was; `null` where none is asked for. Without
   * version and revision it did not exist: it is made.
   */
  alias: z
    .object({
      name: z.string(),
      version: z.string().nullable(),
      revisionId: z.string().nullable(),
    })
    .nullable(),
});
/** The target as Inspect found it: what the run must leave behind. */
export type Target = z.infer<typeof targetSchema>;
