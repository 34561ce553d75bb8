import path from 'node:path';
import { adviseVisibilitySeconds } from '../../contract/shared/advise-visibility.ts';
import type { ParsedTemplate } from '../document/parse-document.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { Project, ProjectFunction } from '../project-function.ts';
import { findReferences } from './references-in-text.ts';
import { planPlaces } from './plan-places.ts';
import type {
  Change,
  Edit,
  ElsewhereChange,
  Field,
  Place,
  ProposedEdits,
  Wanted,
} from './proposal.ts';
import { placeOf } from './value-place.ts';

interface Surroundings {
  readonly project: Project;
  readonly template: ParsedTemplate | null;
  readonly files: ProjectFiles;
}

/** What a queue has without a setting ("CreateQueue", SQS API reference, 2026-11). */
const DEFAULT_VISIBILITY_SECONDS = 30;

/**
 * Finds the bytes that have to change for what is wanted of functions, and of the queues that they read from.
 * Only a whole number that stands in the function's own place is changed; everything else is named.
 */
export function proposeEdits(wanted: readonly Wanted[], surroundings: Surroundings): ProposedEdits {
  const found: Found[] = wanted.flatMap(({ own, memoryMb, timeoutSeconds }) => [
    ...(memoryMb === null ? [] : [settingOf(own, 'memory', memoryMb, surroundings)]),
    ...(timeoutSeconds === null ? [] : [settingOf(own, 'timeout', timeoutSeconds, surroundings)]),
  ]);
  for (const [queue, seconds] of neededVisibility(wanted)) {
    const change = queueOf(queue, seconds, surroundings);
    if (change !== null) found.push(change);
  }
  return {
    edits: found.flatMap(({ edit }) => (edit === null ? [] : [edit])),
    changes: found.flatMap(({ change }) => (change === null ? [] : [change])),
    elsewhere: found.flatMap(({ elsewhere }) => (elsewhere === null ? [] : [elsewhere])),
  };
}

interface Found {
  readonly edit: Edit | null;
  readonly change: Change | null;
  readonly elsewhere: ElsewhereChange | null;
}

function settingOf(
  own: ProjectFunction,
  field: 'memory' | 'timeout',
  to: number,
  surroundings: Surroundings,
): Found {
  return toFound(own.resource, field, to, functionPlaces(own, field, surroundings), surroundings);
}

/** The queues that a longer timeout concerns, with the visibility timeout that all of their readers need. */
function neededVisibility(wanted: readonly Wanted[]): ReadonlyMap<string, number> {
  const needed = new Map<string, number>();
  for (const { own, timeoutSeconds } of wanted) {
    if (timeoutSeconds === null) continue;
    for (const { source, resource, batchingWindowSeconds } of own.triggers) {
      if (source !== 'sqs' || resource === null) continue;
      const seconds = adviseVisibilitySeconds(timeoutSeconds, batchingWindowSeconds ?? 0);
      needed.set(resource, Math.max(seconds, needed.get(resource) ?? 0));
    }
  }
  return needed;
}

function queueOf(queue: string, seconds: number, surroundings: Surroundings): Found | null {
  const places = queuePlaces(queue, surroundings);
  const [nearest] = places;
  if (nearest === undefined) return null;
  const { place } = nearest;
  const present = place.kind === 'literal' ? place.value : DEFAULT_VISIBILITY_SECONDS;
  // A queue that waits longer than it has to is nobody's mistake.
  if (place.kind !== 'other' && present >= seconds) return null;
  return toFound(queue, 'visibility', seconds, places, surroundings);
}

function toFound(
  resource: string,
  field: Field,
  to: number,
  places: readonly Place[],
  { template }: Surroundings,
): Found {
  const set = places.find(({ place }) => place.kind !== 'absent');
  const none = { edit: null, change: null };
  if (set === undefined) {
    const name = places[0]?.name ?? 'its template';
    return {
      ...none,
      elsewhere: { resource, field, to, where: `it is not set; add ${name}: ${to}` },
    };
  }
  const { place, file, name, isShared } = set;
  if (place.kind === 'literal' && !isShared) {
    const { start, end, line, value: from } = place;
    if (from === to) return { ...none, elsewhere: null };
    return {
      edit: { file, start, end, text: String(to) },
      change: { resource, field, from, to, file, line },
      elsewhere: null,
    };
  }
  const line = place.kind === 'absent' ? 1 : place.line;
  const at = `${path.relative('.', file) || file}:${line}`;
  const where =
    place.kind === 'other'
      ? `${name} (${at}) is ${place.source}${template === null ? '' : findReferences(place.source, template)}`
      : `${name} (${at}) is what all functions get; set it for this one, or for all there`;
  return { ...none, elsewhere: { resource, field, to, where } };
}

function functionPlaces(
  own: ProjectFunction,
  field: 'memory' | 'timeout',
  { project, template, files }: Surroundings,
): readonly Place[] {
  if (template === null) return planPlaces(project, own.resource, field, files);
  const isMemory = field === 'memory';
  const placeAt = (keys: readonly string[], isShared = false): Place => ({
    file: template.file,
    place: placeOf(template, keys),
    name: keys.join('.'),
    isShared,
  });
  if (project.format === 'serverless') {
    const key = isMemory ? 'memorySize' : 'timeout';
    return [placeAt(['functions', own.resource, key]), placeAt(['provider', key], true)];
  }
  const key = isMemory ? 'MemorySize' : 'Timeout';
  return [
    placeAt(['Resources', own.resource, 'Properties', key]),
    placeAt(['Globals', 'Function', key], true),
  ];
}

function queuePlaces(queue: string, { project, template, files }: Surroundings): readonly Place[] {
  if (template === null) return planPlaces(project, queue, 'visibility', files);
  const root = project.format === 'serverless' ? ['resources', 'Resources'] : ['Resources'];
  if (placeOf(template, [...root, queue, 'Type']).kind === 'absent') return [];
  const keys = [...root, queue, 'Properties', 'VisibilityTimeout'];
  return [
    { file: template.file, place: placeOf(template, keys), name: keys.join('.'), isShared: false },
  ];
}
