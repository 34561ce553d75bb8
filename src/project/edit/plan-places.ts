import path from 'node:path';
import type { ProjectFiles } from '../project-files.ts';
import type { Project } from '../project-function.ts';
import type { Field, Place } from './proposal.ts';
import { attributeIn, blockIn } from './terraform-text.ts';

const ATTRIBUTES: Readonly<Record<Field, string>> = {
  memory: 'memory_size',
  timeout: 'timeout',
  visibility: 'visibility_timeout_seconds',
};

/**
 * Finds the attribute of a planned resource in the .tf files beside the plan: in its own block, or in that of
 * the module that makes it.
 */
export function planPlaces(
  { file }: Project,
  address: string,
  field: Field,
  files: ProjectFiles,
): readonly Place[] {
  const folder = path.dirname(file);
  const attribute = ATTRIBUTES[field];
  const header = headerOf(address);
  if (header === null) return [];
  for (const name of files.list(folder).filter((each) => each.endsWith('.tf'))) {
    const source = path.join(folder, name);
    const text = files.read(source) ?? '';
    const block = blockIn(text, header);
    if (block === null) continue;
    return [
      {
        file: source,
        place: attributeIn(text, block, attribute),
        name: `${attribute} of ${header.join(' ')}`,
        isShared: block.isRepeated,
      },
    ];
  }
  return [];
}

/** `aws_lambda_function.orders` is `resource "aws_lambda_function" "orders"`; a module's is `module "orders"`. */
function headerOf(address: string): readonly string[] | null {
  const own = /^([a-z0-9_]+)\.([A-Za-z0-9_-]+)(?:\[.*\])?$/.exec(address);
  if (own !== null) return ['resource', `"${own[1] ?? ''}"`, `"${own[2] ?? ''}"`];
  const module = /^module\.([A-Za-z0-9_-]+)(?:\[[^\]]*\])?\.[a-z0-9_]+\.[^.]+$/.exec(address);
  return module === null ? null : ['module', `"${module[1] ?? ''}"`];
}
