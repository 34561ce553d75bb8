/** One thing that is wrong with a definition. */
export interface DefinitionProblem {
  /** Where, as Step Functions writes it: `/States/Plan/Catch[0]/Next`. */
  readonly path: string;
  readonly message: string;
}

/** The definition cannot be played. Lists everything that is wrong with it; nothing was run. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly problems: readonly DefinitionProblem[];

  constructor(problems: readonly DefinitionProblem[]) {
    const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`Cannot play the workflow, ${count} in its definition:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
