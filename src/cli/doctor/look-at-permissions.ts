import { finding, type Finding } from './finding.ts';
import { NEEDED, USES, type Use } from './needed-permissions.ts';
import type { KnownPermissions } from './read-permissions.ts';
import { weigh } from './weigh.ts';

/** Tells for each command whether the caller may do what it needs. */
export function lookAtPermissions(
  { allowed, how, isWhole }: KnownPermissions,
  functionName: string | null,
): readonly Finding[] {
  const known = isWhole
    ? finding('permissions', 'ok', how)
    : finding(
        'permissions',
        'unknown',
        how,
        'have your policies allow iam:SimulatePrincipalPolicy and iam:GetRole on your own role, and look again',
      );
  return [known, ...USES.map((use) => forUse(use, allowed, functionName ?? '<function>'))];
}

function forUse(use: Use, allowed: ReadonlyMap<string, boolean>, functionName: string): Finding {
  const rows = NEEDED.filter(({ uses }) => uses.includes(use));
  const { missing, unknown, lesser } = weigh(
    rows.map(({ action, goesOnWithout = [] }) => ({
      action,
      goesOnWithout: goesOnWithout.includes(use),
    })),
    allowed,
  );
  if (missing.length > 0) {
    const where = use === 'check' ? 'docs/ci.md' : 'docs/security.md';
    return finding(
      use,
      'missing',
      `you may not ${missing.join(', ')}`,
      `have your policies allow it: ${where} lists what powerdial ${use} needs`,
    );
  }
  if (unknown.length > 0) {
    return finding(
      use,
      'unknown',
      `whether you may ${unknown.join(', ')} is not known`,
      `a run says what it lacks before it changes anything: ${commandOf(use, functionName)}`,
    );
  }
  if (lesser.length > 0) {
    return finding(
      use,
      'attention',
      `you may do what it needs; without ${lesser.join(', ')} it knows less, and says so`,
      commandOf(use, functionName),
    );
  }
  return finding(use, 'ok', `you may do all that it needs`, commandOf(use, functionName));
}

function commandOf(use: Use, functionName: string): string {
  switch (use) {
    case 'tune':
      return `powerdial tune ${functionName} --dry-run`;
    case 'check':
      return `powerdial check ${functionName} --base live --dry-run`;
    case 'history':
      return `powerdial history ${functionName}`;
    case 'restore':
      return `powerdial restore ${functionName}, which changes nothing where no run was left`;
  }
}
