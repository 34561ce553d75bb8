import { nearest } from '../../contract/shared/nearest.ts';

/** Tells what is wrong with a word that is none of those which an option takes, with the nearest of them. */
export function wantedOneOf(option: string, choices: readonly string[], given: string): string {
  return `${option}: wanted ${choices.join(', ')}, it is ${JSON.stringify(given)}${meantText(given, choices)}`;
}

/** Returns the question which of the words was meant, where one is near; otherwise nothing. */
export function meantText(given: string, choices: readonly string[]): string {
  const meant = nearest(given, choices);
  return meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`;
}
