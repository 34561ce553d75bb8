import path from 'node:path';
import { withCdkBuild } from './cloudformation/cdk-build.ts';
import { readCloudFormation } from './cloudformation/read-cloudformation.ts';
import { parseTemplate, type ParsedTemplate } from './document/parse-document.ts';
import type { Project, ProjectTerms } from './project-function.ts';
import type { ProjectFiles } from './project-files.ts';
import { withSamBuild } from './cloudformation/sam-build.ts';
import { readServerless } from './serverless/read-serverless.ts';
import { readPlan } from './terraform/read-plan.ts';
import { isRecord, type Raw } from './values/value.ts';

export type ReadProject =
  | { readonly kind: 'read'; readonly project: Project; readonly template: ParsedTemplate | null }
  | { readonly kind: 'problem'; readonly problems: readonly string[] };

/**
 * Reads the template of a project: SAM and CloudFormation in YAML and JSON, a SAM build, CDK's output,
 * serverless.yml, or a Terraform plan in JSON. Nothing of it is run.
 */
export function readProject(file: string, files: ProjectFiles, terms: ProjectTerms): ReadProject {
  const refusal = refusalOf(file, files);
  if (refusal !== null) return { kind: 'problem', problems: [refusal] };
  const text = files.read(file) ?? '';
  const plan = planOf(text);
  if (plan !== null) return settleProject(readPlan(plan, file, files, terms), null);
  const read = parseTemplate(file, text);
  if (read.kind === 'problem') return { kind: 'problem', problems: [read.message] };
  const { template } = read;
  const { raw } = template;
  if (raw['Resources'] !== undefined) {
    const cloud = withSamBuild(readCloudFormation(template, files, terms), files, terms);
    return settleProject({ ...cloud, project: withCdkBuild(cloud.project, files) }, template);
  }
  if (raw['service'] !== undefined || raw['provider'] !== undefined) {
    return settleProject(readServerless(template, files, terms), template);
  }
  return {
    kind: 'problem',
    problems: [
      `${file}: wanted a SAM or CloudFormation template (Resources), a serverless.yml (service, provider) or a Terraform plan (planned_values); its keys are ${Object.keys(raw).slice(0, 8).join(', ')}`,
    ],
  };
}

function settleProject(
  { project, problems }: { readonly project: Project; readonly problems: readonly string[] },
  template: ParsedTemplate | null,
): ReadProject {
  if (problems.length > 0) return { kind: 'problem', problems };
  const notices = [...(template?.notices ?? []), ...project.notices];
  return { kind: 'read', project: { ...project, notices }, template };
}

function refusalOf(file: string, files: ProjectFiles): string | null {
  switch (files.kindOf(file)) {
    case null:
      return `--template: there is no ${file} (${path.resolve(file)})`;
    case 'folder':
      return `--template: wanted a file, ${file} is a folder${candidates(file, files)}`;
    case 'file':
      break;
  }
  if (/\.[cm]?[jt]s$/.test(file)) {
    return `--template: ${file} is a program, which is not run to find values; wanted what it makes, such as cdk.out/<stack>.template.json or a serverless.yml`;
  }
  return /\.tf$/.test(file)
    ? `--template: ${file} is Terraform's source; wanted its plan as JSON: terraform plan -out tfplan && terraform show -json tfplan > plan.json`
    : null;
}

function candidates(folder: string, files: ProjectFiles): string {
  const found = files
    .list(folder)
    .filter((name) => /^template\.(ya?ml|json)$|^serverless\.ya?ml$|\.template\.json$/.test(name));
  return found.length === 0 ? '' : `; it has ${found.join(', ')}`;
}

/** A plan may be large, and only JSON's own parser reads it in no time. */
function planOf(text: string): { readonly [key: string]: Raw } | null {
  if (!/^\uFEFF?\s*\{/.test(text) || !text.includes('"terraform_version"')) return null;
  try {
    const parsed = JSON.parse(text.replace(/^\uFEFF/, '')) as Raw;
    return isRecord(parsed) && parsed['format_version'] !== undefined ? parsed : null;
  } catch {
    // The YAML parser says where it breaks off.
    return null;
  }
}
