/**
 * Where CI systems say which commit is checked out: GitHub Actions, GitLab, CodeBuild, CircleCI, Bitbucket
 * Pipelines, Azure Pipelines and Buildkite, each by the name that its documentation gives (2026-11).
 */
const VARIABLES = [
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'CODEBUILD_RESOLVED_SOURCE_VERSION',
  'CIRCLE_SHA1',
  'BITBUCKET_COMMIT',
  'BUILD_SOURCEVERSION',
  'BUILDKITE_COMMIT',
] as const;

/**
 * Returns the commit that a CI system has checked out, `null` elsewhere: a working copy of a person's may hold
 * changes that no commit has.
 */
export function ciCommit(env: NodeJS.ProcessEnv): string | null {
  for (const name of VARIABLES) {
    const commit = env[name] ?? '';
    if (/^[0-9a-f]{7,64}$/i.test(commit)) return commit.toLowerCase();
  }
  return null;
}
