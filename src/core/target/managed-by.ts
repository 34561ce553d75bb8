import type { Project } from '../../contract/tune/advice.ts';
import type { Deployment } from '../../contract/tune/target.ts';

/** Tools that deploy a function and leave a name in its tags. */
const TOOLS: Readonly<Record<string, string>> = {
  terraform: 'Terraform',
  opentofu: 'OpenTofu',
  pulumi: 'Pulumi',
  cloudformation: 'CloudFormation',
  cdk: 'the CDK',
  sam: 'SAM',
  serverless: 'the Serverless Framework',
  sst: 'SST',
};

/** `ManagedBy`, `managed-by`, `created_by`: what people and default tags of providers write. */
const BY = /^(managed|created|provisioned|deployed)[-_ :]?by$/i;

/** A tool that deploys a function, and what tells so: its stack, or one of the function's tags. */
export interface DeployingTool {
  readonly tool: string;
  readonly stack: string | null;
  readonly tag: string | null;
}

/**
 * Reads off a function's tags who will deploy it again; `null` where they do not tell. CloudFormation tags
 * what it makes (`aws:cloudformation:stack-name`; CloudFormation User Guide, "Resource tags"): so do SAM,
 * which adds `lambda:createdBy`, the CDK and the Serverless Framework, which deploy through it. Terraform,
 * OpenTofu and Pulumi have no tag of their own: what people usually write is understood.
 */
export function findDeployingTool(tags: Readonly<Record<string, string>>): DeployingTool | null {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined) {
    const tool = tags['lambda:createdBy'] === 'SAM' ? 'SAM' : 'CloudFormation';
    return { tool, stack, tag: null };
  }
  if (tags['lambda:createdBy'] === 'SAM') return { tool: 'SAM', stack: null, tag: null };
  for (const [key, value] of Object.entries(tags)) {
    const tool = TOOLS[value.toLowerCase()];
    if (BY.test(key) && tool !== undefined) return { tool, stack: null, tag: key };
    const named = TOOLS[key.toLowerCase().split(/[-_:/.]/)[0] ?? ''];
    if (named !== undefined && !/^(|false|no|0)$/i.test(value))
      return { tool: named, stack: null, tag: key };
  }
  return null;
}

const PROJECTS: Readonly<Record<string, Project>> = {
  Terraform: 'terraform',
  OpenTofu: 'terraform',
  CloudFormation: 'cloudformation',
  'the CDK': 'cdk',
  SAM: 'sam',
  'the Serverless Framework': 'serverless',
};

/**
 * Tells how the project of a function is written; `null` where its tags do not tell. What deploys through
 * CloudFormation shows in the logical ID: the CDK's end in a hash of eight digits ("Identifiers and the AWS CDK",
 * CDK Developer Guide, 2026-11), the Serverless Framework's in `LambdaFunction`, beside its tag `STAGE`.
 */
export function findDeployment(tags: Readonly<Record<string, string>>): Deployment | null {
  const found = findDeployingTool(tags);
  if (found === null) return null;
  const logicalId = tags['aws:cloudformation:logical-id'] ?? null;
  const project = PROJECTS[found.tool] ?? null;
  if (project !== 'cloudformation' || logicalId === null) return { project, logicalId };
  if (/[0-9A-F]{8}$/.test(logicalId)) return { project: 'cdk', logicalId };
  const isServerless = logicalId.endsWith('LambdaFunction') && tags['STAGE'] !== undefined;
  return { project: isServerless ? 'serverless' : project, logicalId };
}
