import { isList, isRecord, member, type Raw } from '../values/value.ts';
import { listOf, type PlannedResource } from './planned-resources.ts';

type Configured = { readonly [key: string]: Raw };

/** Returns the configuration of a resource: the block of the .tf file that makes it. */
export function configurationOf(plan: Configured, resource: PlannedResource): Configured | null {
  const module = moduleOf(plan, resource.module);
  const name = `${resource.mode === 'data' ? 'data.' : ''}${resource.type}.${resource.name}`;
  return listOf(member(module, 'resources')).find((each) => each['address'] === name) ?? null;
}

/** Returns the call that makes the module which a resource is in; `null` at the root. */
export function moduleCallOf(plan: Configured, { module }: PlannedResource): Configured | null {
  const names = namesOf(module);
  const last = names.at(-1);
  if (last === undefined) return null;
  const parent = names
    .slice(0, -1)
    .reduce<Raw | undefined>((at, name) => member(at, 'module_calls', name, 'module'), root(plan));
  const call = member(parent, 'module_calls', last);
  return call !== undefined && isRecord(call) ? call : null;
}

/** Returns the addresses that an expression of a block refers to. */
export function referencesOf(block: Configured | null, expression: string): readonly string[] {
  const references = member(block ?? undefined, 'expressions', expression, 'references');
  return isList(references) ? references.filter((each) => typeof each === 'string') : [];
}

function moduleOf(plan: Configured, module: string): Raw | undefined {
  return namesOf(module).reduce<Raw | undefined>(
    (at, name) => member(at, 'module_calls', name, 'module'),
    root(plan),
  );
}

function root(plan: Configured): Raw | undefined {
  return member(plan, 'configuration', 'root_module');
}

/** `module.a["x"].module.b` is in `a`, and there in `b`. */
function namesOf(module: string): readonly string[] {
  return [...module.matchAll(/(?:^|\.)module\.([^.[]+)/g)].map(([, name = '']) => name);
}
