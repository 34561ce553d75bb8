/** For commander: an option that may be given several times, its values in order. */
export function collectOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
