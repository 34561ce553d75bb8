/**
 * What was looked at and how it is: `ok`; `attention`, which works and is worth a thought; `missing`, without
 * which something does not work; `unknown`, which nothing told without trying it out.
 */
export interface Finding {
  readonly about: About;
  readonly state: 'ok' | 'attention' | 'missing' | 'unknown';
  /** A clause: how it is. */
  readonly said: string;
  /** A clause: what to do about it, or with it. */
  readonly todo: string;
}

/** In the order in which they are told. */
export const ABOUT = [
  'node',
  'cpu',
  'proxy',
  'region',
  'credentials',
  'identity',
  'deployed',
  'function',
  'runtime',
  'logging',
  'triggers',
  'runs',
  'permissions',
  'deployed-runs',
  'tune',
  'check',
  'history',
  'restore',
] as const;
export type About = (typeof ABOUT)[number];

export const NOTHING_TO_DO = 'nothing to do';

export function finding(
  about: About,
  state: Finding['state'],
  said: string,
  todo: string = NOTHING_TO_DO,
): Finding {
  return { about, state, said, todo };
}
