/**
 * The line of a run's query that names the run, so that whoever ends the run finds the query by listing, even
 * where the answer that held its id was lost. Logs Insights ignores what stands behind a hash ("Use aliases and
 * comments in queries", 2026-11), and a run's name holds no line break.
 */
function markOf(run: string): string {
  return `# powerdial run ${run}`;
}

/** The query with the mark of a run behind its first line. */
export function markQuery(text: string, run: string): string {
  const [first = '', ...rest] = text.split('\n');
  return [first, markOf(run), ...rest].join('\n');
}

/** Whether a query is one of this run's. */
export function isQueryOf(run: string, text: string): boolean {
  return text.split('\n').some((line) => line.trim() === markOf(run));
}
