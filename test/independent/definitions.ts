import { readFileSync } from 'node:fs';

export type WorkflowKind = 'tune' | 'check';

export const BUCKET = 'powerdial-results';
export const PUT_OBJECT = 'arn:aws:states:::aws-sdk:s3:putObject';
export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** As far as a test changes one: the limits. */
export interface Definition {
  TimeoutSeconds?: number;
  readonly States: Readonly<
    Record<string, { Resource?: string; TimeoutSeconds?: number; readonly Type: string }>
  >;
}

/** The workflow's own file with what a deployment puts in place of its placeholders, and nothing else changed. */
export function deployedDefinition(kind: WorkflowKind): Definition {
  const machine = kind === 'tune' ? 'powerdial' : 'powerdial-check';
  const text = readFileSync(`state-machine/${kind}.asl.json`, 'utf8').replaceAll(
    /\$\{(\w+)\}/g,
    (_, name: string) => {
      if (name === 'PutResultArn') return PUT_OBJECT;
      if (name === 'ResultsBucketName') return BUCKET;
      const stage = name.replace(/^Check/, '').replace(/FunctionArn$/, '');
      return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${machine}-${stage}`;
    },
  );
  return JSON.parse(text) as Definition;
}

/** `CheckPlan` for `powerdial-check-Plan`, as `POWERDIAL_STAGE` names it. */
export function stageIdOf(functionName: string): string {
  const [, check, stage = ''] = /^powerdial(-check)?-(\w+)$/.exec(functionName) ?? [];
  return check === undefined ? stage : `Check${stage}`;
}

/** The functions that a definition's Tasks call. */
export function stageFunctions(definition: Definition): readonly string[] {
  return Object.values(definition.States).flatMap(({ Resource = '' }) => {
    const name = /:function:(.+)$/.exec(Resource)?.[1];
    return name === undefined ? [] : [name];
  });
}
