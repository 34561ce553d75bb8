import path from 'node:path';
import { elsewhere, placeOf } from '../place-of.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { ProjectCode, ProjectLayer } from '../project-function.ts';
import { isList, member, type Raw } from '../values/value.ts';
import { configurationOf, moduleCallOf, referencesOf } from './plan-configuration.ts';
import type { PlannedResource } from './planned-resources.ts';

interface Surroundings {
  readonly plan: { readonly [key: string]: Raw };
  readonly resources: readonly PlannedResource[];
  /** Where the plan's file is: Terraform's own folder is in no plan. */
  readonly folder: string;
  readonly files: ProjectFiles;
}

/**
 * Tells where the code of a planned function is: what `archive_file` packs for it, or the `source_path` of
 * the module terraform-aws-modules/lambda.
 */
export function planCode(resource: PlannedResource, surroundings: Surroundings): ProjectCode {
  const { files, folder } = surroundings;
  if (member(resource.values, 'package_type') === 'Image') {
    return elsewhere('it is a container image, which is not run here');
  }
  const packed = packedFrom(resource, surroundings);
  if (packed !== null) return placeOf(path.resolve(folder, packed), packed, files);
  const filename = member(resource.values, 'filename');
  if (typeof filename === 'string') {
    return placeOf(path.resolve(folder, filename), filename, files);
  }
  return elsewhere(
    'the plan does not say what its archive is made of; unpack it and name the folder by --root',
  );
}

/** Tells where layers of the same plan are; others are on AWS. */
export function planLayers(
  resource: PlannedResource,
  surroundings: Surroundings,
): readonly ProjectLayer[] {
  const { plan, resources, folder, files } = surroundings;
  const references = referencesOf(configurationOf(plan, resource), 'layers');
  const names = references.filter((each) => /^aws_lambda_layer_version\.[^.[]+$/.test(each));
  const own = names.map((name): ProjectLayer => {
    const layer = resources.find(
      (each) => each.module === resource.module && `${each.type}.${each.name}` === name,
    );
    const packed = layer === undefined ? null : packedFrom(layer, surroundings);
    return packed === null
      ? elsewhere(`the layer ${name}: the plan does not say what its archive is made of`)
      : placeOf(path.resolve(folder, packed), packed, files);
  });
  const values = member(resource.values, 'layers');
  const given = isList(values) ? values : [];
  return [
    ...own,
    ...given.slice(own.length).map(() => elsewhere('a layer is on AWS, and not in this plan')),
  ];
}

function packedFrom(resource: PlannedResource, { plan, resources }: Surroundings): string | null {
  const block = configurationOf(plan, resource);
  const filename = member(resource.values, 'filename');
  const references = referencesOf(block, 'filename');
  const archive = resources.find(
    (each) =>
      each.type === 'archive_file' &&
      each.module === resource.module &&
      (references.includes(`data.archive_file.${each.name}`) ||
        references.includes(`archive_file.${each.name}`) ||
        (typeof filename === 'string' && member(each.values, 'output_path') === filename)),
  );
  const source = member(archive?.values, 'source_dir');
  if (typeof source === 'string') return source;
  const file = member(archive?.values, 'source_file');
  if (typeof file === 'string') return path.dirname(file);
  const call = moduleCallOf(plan, resource);
  const given = member(call ?? undefined, 'expressions', 'source_path', 'constant_value');
  return typeof given === 'string' ? given : null;
}
