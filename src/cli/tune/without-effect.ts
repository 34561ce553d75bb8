import type { TuneOptions } from './tune-options.ts';

/**
 * Options that would change nothing beside the others: whoever gives one believes that it does, so it is
 * refused and not passed over.
 *
 * @param goal of the whole input, which a file may say; `null` where nothing tells
 */
export function withoutEffect(
  options: TuneOptions,
  goal: string | null = options.goal ?? null,
): readonly string[] {
  const isTemplate = options.template !== undefined;
  const isLocal = options.local !== undefined || isTemplate;
  const isRecorded = options.recorded !== undefined;
  const isHere = isLocal || isRecorded;
  const here = isTemplate ? '--template' : isLocal ? '--local' : '--recorded';
  const rows: readonly (readonly [isGiven: boolean, hasEffect: boolean, problem: string])[] = [
    [
      options.weight !== undefined,
      goal === 'balanced',
      '--weight: wanted --goal balanced beside it, no other goal looks at it',
    ],
    [
      options.current !== undefined,
      isHere,
      '--current: wanted --local, --template or --recorded beside it, a function on AWS has its own setting',
    ],
    [
      options.cpu !== undefined,
      isLocal,
      '--cpu: wanted --local or --template beside it, only handlers on this machine get a CPU share here',
    ],
    [
      options.embedded === true,
      !isHere,
      `--embedded: has no effect with ${here}, which is always played here`,
    ],
    [
      options.stateMachine !== undefined,
      !isHere && options.embedded !== true,
      `--state-machine: has no effect with ${isHere ? here : '--embedded'}, which needs no deployed workflow`,
    ],
    [
      options.profile !== undefined,
      !isRecorded,
      '--profile: has no effect with --recorded, which never calls AWS',
    ],
    [
      options.history !== undefined && options.history !== true,
      !isHere,
      `${options.history === false ? '--no-history' : '--history'}: has no effect with ${here}, which has no production logs`,
    ],
    [
      options.config !== undefined,
      options.input === undefined,
      '--config: has no effect with --input, which is the whole input of the run',
    ],
    [
      options.quiet === true,
      options.verbose !== true,
      '--quiet and --verbose: wanted one of them, not both',
    ],
  ];
  return rows.flatMap(([isGiven, hasEffect, problem]) => (isGiven && !hasEffect ? [problem] : []));
}
