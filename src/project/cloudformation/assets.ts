import path from 'node:path';
import type { ProjectLayer } from '../project-function.ts';
import { isRecord, member, textOf, type Raw } from '../values/value.ts';
import { placeOf } from '../place-of.ts';
import type { ProjectFiles } from '../project-files.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';

/** What finding code takes beside the resource itself. */
export interface CodeSurroundings {
  readonly scope: Scope;
  readonly files: ProjectFiles;
  /** The template's own file: its paths count from its folder. */
  readonly file: string;
}

/**
 * Finds the asset of CDK that holds a resource's code: by its metadata (`aws:asset:path`), or by the key of
 * the archive, which is the hash that `<stack>.assets.json` lists. `null` where it is none of CDK's.
 */
export function assetFolder(
  resource: { readonly [key: string]: Raw },
  code: Raw | undefined,
  { scope, files, file }: CodeSurroundings,
): ProjectLayer | null {
  const folder = path.dirname(file);
  const named = member(resource, 'Metadata', 'aws:asset:path');
  if (typeof named === 'string') return placeOf(path.resolve(folder, named), named, files);
  const key = textOf(resolve(member(code, 'S3Key'), scope));
  const [, hash] = typeof key === 'string' ? (/([0-9a-f]{64})\.(?:zip|jar)$/.exec(key) ?? []) : [];
  if (hash === undefined) return null;
  for (const name of files.list(folder).filter((each) => each.endsWith('.assets.json'))) {
    const source = sourceOf(files.read(path.join(folder, name)), hash);
    if (source !== null) return placeOf(path.resolve(folder, source), source, files);
  }
  return null;
}

function sourceOf(text: string | null, hash: string): string | null {
  if (text === null) return null;
  try {
    const parsed = JSON.parse(text) as Raw;
    const source = isRecord(parsed) ? member(parsed, 'files', hash, 'source', 'path') : undefined;
    return typeof source === 'string' ? source : null;
  } catch {
    // Another tool's file of the same name.
    return null;
  }
}
