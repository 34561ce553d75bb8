import path from 'node:path';
import type { ProjectCode, ProjectLayer } from '../project-function.ts';
import { isList, isRecord, member, textOf, Unknown, type Raw } from '../values/value.ts';
import { elsewhere, placeOf } from '../place-of.ts';
import { assetFolder, type CodeSurroundings } from './assets.ts';
import { referredResource } from './references.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';

type Resource = { readonly [key: string]: Raw };

/** Tells where the code of a function is: SAM's CodeUri, CDK's asset, or why it is nowhere here. */
export function codeOf(
  resource: Resource,
  properties: Resource,
  surroundings: CodeSurroundings,
): ProjectCode {
  const isImage = properties['PackageType'] === 'Image' || properties['ImageUri'] !== undefined;
  if (isImage || member(properties['Code'], 'ImageUri') !== undefined) {
    return elsewhere('it is a container image, which is not run here');
  }
  if (
    properties['InlineCode'] !== undefined ||
    member(properties['Code'], 'ZipFile') !== undefined
  ) {
    return elsewhere(
      'its code stands in the template itself; copy it to a file and name that by --local',
    );
  }
  const asset = assetFolder(resource, properties['Code'], surroundings);
  if (asset !== null) return withEntries(asset, resource, surroundings.scope);
  const isSam = resource['Type'] === 'AWS::Serverless::Function';
  const raw = isSam ? (properties['CodeUri'] ?? '.') : properties['Code'];
  return withEntries(place(raw, surroundings), resource, surroundings.scope);
}

/** Tells where the layers of a function are, in their order. */
export function layersOf(
  properties: Resource,
  template: Resource,
  surroundings: CodeSurroundings,
): readonly ProjectLayer[] {
  const layers = properties['Layers'];
  if (!isList(layers)) return [];
  return layers.map((raw) => {
    const id = referredResource(raw);
    const layer = id === null ? undefined : member(template['Resources'], id);
    if (id === null || layer === undefined || !isRecord(layer)) {
      return elsewhere('a layer is on AWS, and not in this template');
    }
    const own = layer['Properties'];
    const content = member(own, 'ContentUri') ?? member(own, 'Content');
    const found = assetFolder(layer, content, surroundings) ?? place(content ?? null, surroundings);
    return found.kind === 'elsewhere' ? elsewhere(`the layer ${id}: ${found.why}`) : found;
  });
}

function place(raw: Raw | undefined, { scope, files, file }: CodeSurroundings): ProjectLayer {
  if (raw !== undefined && isRecord(raw) && ('Bucket' in raw || 'S3Bucket' in raw)) {
    return elsewhere('its code is in S3');
  }
  const uri = textOf(resolve(raw, scope));
  if (uri instanceof Unknown) return elsewhere(uri.why);
  if (uri === null) return elsewhere('the template says no place of its code');
  if (/^(s3|https?):\/\//.test(uri)) return elsewhere('its code is in S3');
  const folder = path.resolve(path.dirname(file), uri);
  return placeOf(folder, uri, files);
}

/** SAM's metadata for esbuild: the modules that are bundled ("Building Node.js Lambda functions", SAM Developer Guide, 2026-11). */
function withEntries(code: ProjectLayer, resource: Resource, scope: Scope): ProjectCode {
  const metadata = resource['Metadata'];
  if (code.kind !== 'folder' || member(metadata, 'BuildMethod') !== 'esbuild') return code;
  const points = resolve(member(metadata, 'BuildProperties', 'EntryPoints'), scope);
  const entries = Array.isArray(points) ? points.filter((each) => typeof each === 'string') : [];
  return entries.length === 0 ? code : { ...code, entries };
}
