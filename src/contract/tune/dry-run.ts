import type { StageOutput } from './stages.ts';

type Inspected = StageOutput<'Inspect'>;

/** What a dry run returns: the plan, and what it was made of. */
export type DryRun = Inspected['preview'] &
  Pick<Inspected, 'input' | 'target' | 'triggers' | 'warnings'>;
