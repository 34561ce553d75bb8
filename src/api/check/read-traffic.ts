/** Returns what `--invocations-per-month` says; what is wrong with it goes to the problems, once. */
export function readTraffic(
  { invocationsPerMonth: text }: { readonly invocationsPerMonth?: string },
  problems: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (count > 0 && Number.isFinite(count)) return count;
  const problem = `--invocations-per-month: wanted a number above 0, it is ${JSON.stringify(text)}`;
  if (!problems.includes(problem)) problems.push(problem);
  return undefined;
}
