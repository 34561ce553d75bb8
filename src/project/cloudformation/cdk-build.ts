import path from 'node:path';
import { findNewest } from '../find-newest.ts';
import type { Project, ProjectBuild } from '../project-function.ts';
import type { ProjectFiles } from '../project-files.ts';

/** What an app of CDK is written in; its documents and lists of packages say nothing about its age. */
const CODE = /\.(?:[cm]?[jt]sx?|py|java|cs|go|kt|fs)$/;

/** Holds CDK's output against the app beside it, whose `cdk.json` tells that it is one. */
export function withCdkBuild(project: Project, files: ProjectFiles): Project {
  if (!project.file.endsWith('.template.json')) return project;
  const folder = path.dirname(path.resolve(project.file));
  const app = path.dirname(folder);
  if (files.kindOf(path.join(app, 'cdk.json')) !== 'file') return project;
  const newest = findNewest(app, files, CODE);
  const madeMs = files.modifiedMs(project.file) ?? 0;
  const isOlder = newest !== null && newest.modifiedMs > madeMs;
  const build: ProjectBuild = {
    command: 'cdk synth',
    state: isOlder ? 'older' : 'fresh',
    newer: isOlder ? newest.file : null,
  };
  return { ...project, functions: project.functions.map((each) => ({ ...each, build })) };
}
