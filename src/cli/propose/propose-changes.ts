import { readFileSync } from 'node:fs';
import path from 'node:path';
import { carryOut, differences } from '../../project/edit/carry-out.ts';
import type { Edit, ProposedEdits } from '../../project/edit/proposal.ts';
import { proposeEdits } from '../../project/edit/propose-edits.ts';
import { filesOfThisMachine } from '../../project/files-of-this-machine.ts';
import type { Proposal, ProposedFunction } from '../../report/proposal/proposed-function.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { OpenedTemplate } from '../../api/shared/project/open-template.ts';
import type { MatchedResult } from './match-results.ts';

/** A file before and after. */
export interface ChangedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface ProposedChanges {
  readonly proposal: Proposal;
  readonly files: readonly ChangedFile[];
}

/**
 * Works out what the results change in the files of a project.
 *
 * @throws {UsageError} for a template that is made by a tool: the next build would undo it
 */
export function proposeChanges(
  matched: readonly MatchedResult[],
  { project, template }: OpenedTemplate,
): ProposedChanges {
  refuseMade(project.file);
  if (template?.isAsWritten === false) {
    throw new UsageError([
      `--template: ${project.file} has a list or a map in brackets that goes on left of its key, which YAML does not allow; indent it further, so that places in it can be told`,
    ]);
  }
  const functions = matched.map(toProposed);
  const wanted = matched.map(({ own }, index) => ({
    own,
    memoryMb: functions[index]?.memoryMb ?? null,
    timeoutSeconds: functions[index]?.timeoutSeconds ?? null,
  }));
  const proposed = proposeEdits(wanted, { project, template, files: filesOfThisMachine });
  return {
    proposal: {
      functions: functions.filter((each) => each.memoryMb !== null || each.timeoutSeconds !== null),
      changes: proposed.changes.map((each) => ({ ...each, file: shownName(each.file) })),
      elsewhere: proposed.elsewhere,
    },
    files: filesOf(proposed, template !== null),
  };
}

/** A diff is applied from where it was made: names count from there, as far as they can. */
export function shownName(file: string): string {
  const near = path.relative('.', file);
  return near.startsWith('..') ? file : near;
}

/** What a result recommends and the function does not have yet. */
function toProposed({ own, result }: MatchedResult): ProposedFunction {
  const { recommendation, current } = result;
  const { memoryMb, timeoutSeconds } = recommendation;
  return {
    resource: own.resource,
    result,
    memoryMb: memoryMb === current.memoryMb ? null : memoryMb,
    timeoutSeconds: timeoutSeconds === current.timeoutSeconds ? null : timeoutSeconds,
  };
}

function filesOf({ edits, changes }: ProposedEdits, isParsed: boolean): readonly ChangedFile[] {
  const names = [...new Set(edits.map(({ file }) => file))];
  return names.map((file) => {
    const before = filesOfThisMachine.read(file) ?? '';
    const own: readonly Edit[] = edits.filter((each) => each.file === file);
    const after = carryOut(before, own);
    if (!Buffer.from(before).equals(readFileSync(file))) {
      throw new UsageError([
        `${file}: wanted a file in UTF-8, it has other bytes, which writing it would lose`,
      ]);
    }
    // The change can be checked before it is made, because a template is data.
    if (isParsed && differences(before, after).length !== changes.length) {
      throw new Error(
        `The change of ${file} would change something else in it; nothing was written.`,
      );
    }
    return { file, before, after };
  });
}

function refuseMade(file: string): void {
  const parts = path.resolve(file).split(path.sep);
  if (parts.includes('cdk.out') || file.endsWith('.template.json')) {
    throw new UsageError([
      `--template: ${file} is made by cdk synth, which would undo the change; --sizes writes a file that the app reads (MeasuredSizes of powerdial/cdk)`,
    ]);
  }
  if (parts.includes('.aws-sam')) {
    throw new UsageError([
      `--template: ${file} is made by sam build, which would undo the change; wanted the template that it is built from`,
    ]);
  }
}
