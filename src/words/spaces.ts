/**
 * Returns a sentence with ordinary spaces. Numbers keep their units beside them with spaces that do not
 * break, which a page needs; in results and errors, people search for `1024 MB` and scripts match it.
 */
export function withOrdinarySpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
