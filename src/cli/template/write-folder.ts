import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../api/shared/usage-error.ts';
import { writeProblem } from '../shared/outputs/write-problem.ts';
import { packageVersion } from './built-parts.ts';
import type { Template } from './template.ts';

/** A text by which a template of ours is told from one of somebody else. */
const MARK = 'Powerdial';

export interface FolderFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/**
 * Writes a template and what belongs to it into a folder, over those of an earlier time and nothing else.
 *
 * @throws {UsageError} where files of somebody else are in the way, or the folder cannot be written
 */
export async function writeFolder(
  folder: string,
  template: Template,
  files: readonly FolderFile[],
): Promise<void> {
  const marked = {
    ...template,
    Metadata: { ...template.Metadata, [MARK]: { Version: packageVersion() } },
  };
  const all = [
    { name: 'template.json', content: `${JSON.stringify(marked, null, 2)}\n` },
    ...files,
  ];
  if (!(await isOurs(folder))) await refuseToOverwrite(folder, all);
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, content } of all) await writeFile(path.join(folder, name), content);
  } catch (error) {
    throw new UsageError([`-o ${folder}: cannot write there: ${writeProblem(error)}`]);
  }
}

async function isOurs(folder: string): Promise<boolean> {
  try {
    const text = await readFile(path.join(folder, 'template.json'), 'utf8');
    const { Metadata } = JSON.parse(text) as Partial<Template>;
    return Metadata !== undefined && MARK in Metadata;
  } catch {
    return false;
  }
}

async function refuseToOverwrite(folder: string, files: readonly FolderFile[]): Promise<void> {
  const problems: string[] = [];
  for (const { name } of files) {
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (found !== null) {
      problems.push(
        `-o ${folder}: there is a ${name} that powerdial template did not write; name another folder`,
      );
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
}
