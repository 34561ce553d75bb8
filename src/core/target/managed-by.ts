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

/**
 * Who will deploy a function again, by its tags, in words; `null` where they do not tell. CloudFormation tags
 * what it makes (`aws:cloudformation:stack-name`; CloudFormation User Guide, "Resource tags"): so do SAM,
 * which adds `lambda:createdBy`, the CDK and the Serverless Framework, which deploy through it. Terraform,
 * OpenTofu and Pulumi have no tag of their own: what people usually write is understood.
 */
export function managedBy(tags: Readonly<Record<string, string>>): string | null {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined) {
    const tool = tags['lambda:createdBy'] === 'SAM' ? 'SAM' : 'CloudFormation';
    return `${tool} (stack ${stack})`;
  }
  if (tags['lambda:createdBy'] === 'SAM') return 'SAM';
  for (const [key, value] of Object.entries(tags)) {
    const tool = TOOLS[value.toLowerCase()];
    if (BY.test(key) && tool !== undefined) return `${tool} (tag ${key})`;
    const named = TOOLS[key.toLowerCase().split(/[-_:/.]/)[0] ?? ''];
    if (named !== undefined && !/^(|false|no|0)$/i.test(value)) return `${named} (tag ${key})`;
  }
  return null;
}
