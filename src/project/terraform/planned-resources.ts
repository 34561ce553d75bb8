import { isList, isRecord, member, wordOf, type Raw } from '../values/value.ts';

/** One resource of a plan: its values, which of them are not known yet, and which are secrets. */
export interface PlannedResource {
  readonly address: string;
  /** Addresses of the modules that it is in, the outermost first. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly values: Raw;
  readonly unknown: Raw | undefined;
  readonly sensitive: Raw | undefined;
}

/** Returns all resources of a plan, those of modules too, and the data sources that were read for it. */
export function plannedResources(plan: {
  readonly [key: string]: Raw;
}): readonly PlannedResource[] {
  const changes = new Map(
    listOf(plan['resource_changes']).map((each) => [wordOf(each['address']), each['change']]),
  );
  const roots = [
    member(plan, 'planned_values', 'root_module'),
    member(plan, 'prior_state', 'values', 'root_module'),
  ];
  const seen = new Set<string>();
  return roots
    .flatMap((root) => resourcesOfModule(root, ''))
    .flatMap((each) => {
      const address = wordOf(each.own['address']);
      // A resource that is there already is in the prior state, too; what is planned counts.
      if (seen.has(address)) return [];
      seen.add(address);
      const change = changes.get(address);
      return [
        {
          address,
          module: each.module,
          type: wordOf(each.own['type']),
          name: wordOf(each.own['name']),
          mode: wordOf(each.own['mode']),
          values: each.own['values'] ?? null,
          unknown: member(change, 'after_unknown'),
          sensitive: each.own['sensitive_values'] ?? member(change, 'after_sensitive'),
        },
      ];
    });
}

interface InModule {
  readonly module: string;
  readonly own: { readonly [key: string]: Raw };
}

function resourcesOfModule(root: Raw | undefined, module: string): readonly InModule[] {
  return [
    ...listOf(member(root, 'resources')).map((own) => ({ module, own })),
    ...listOf(member(root, 'child_modules')).flatMap((child) =>
      resourcesOfModule(child, wordOf(child['address'])),
    ),
  ];
}

export function listOf(raw: Raw | undefined): readonly { readonly [key: string]: Raw }[] {
  return isList(raw) ? raw.filter(isRecord) : [];
}
