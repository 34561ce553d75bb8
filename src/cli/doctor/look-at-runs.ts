import { finding, type Finding } from './finding.ts';
import { NEEDED_FOR_RUNS } from './needed-permissions.ts';
import { weigh } from './weigh.ts';

/** Tells whether the caller may start, follow and stop runs of what is deployed; nothing where nothing is. */
export function lookAtRuns(
  workflows: readonly string[],
  allowed: ReadonlyMap<string, boolean>,
): readonly Finding[] {
  if (workflows.length === 0) return [];
  const { missing, unknown, lesser } = weigh(NEEDED_FOR_RUNS, allowed);
  if (missing.length > 0) {
    return [
      finding(
        'deployed-runs',
        'missing',
        `you may not ${missing.join(', ')} on what is deployed`,
        'have your policies allow it (docs/security.md lists what a person who starts runs needs), or play runs here (--embedded)',
      ),
    ];
  }
  if (unknown.length > 0) {
    return [
      finding(
        'deployed-runs',
        'unknown',
        `whether you may ${unknown.join(', ')} on what is deployed is not known`,
        'start a run, which says so before anything is measured, or play it here (--embedded)',
      ),
    ];
  }
  if (lesser.length > 0) {
    return [
      finding(
        'deployed-runs',
        'attention',
        `you may start runs of what is deployed, not ${lesser.join(', ')}: their progress is not shown, or Ctrl-C leaves them running`,
        'have your policies allow it: docs/security.md lists what a person who starts runs needs',
      ),
    ];
  }
  return [
    finding('deployed-runs', 'ok', 'you may start, follow and stop runs of what is deployed'),
  ];
}
