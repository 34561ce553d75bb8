const CONTEXT = 3;

/**
 * Returns a unified diff of two texts with the same number of lines, which is all that changing values in place
 * makes. Line ends stay what they are: `\r` belongs to the line, as git and patch have it.
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const changed = old.flatMap((line, index) => (line === fresh[index] ? [] : [index]));
  if (changed.length === 0) return '';
  const name = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const hunks = groups(changed).map(([first, last]) => {
    const start = Math.max(0, first - CONTEXT);
    const end = Math.min(old.length, last + CONTEXT + 1);
    const count = end - start;
    return `@@ -${start + 1},${count} +${start + 1},${count} @@\n${hunk(old, fresh, start, end)}`;
  });
  return `--- a/${name}\n+++ b/${name}\n${hunks.join('')}`;
}

/** Lines with their ends; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Changes so near to one another that they share their context. */
function groups(changed: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const index of changed) {
    const last = found.at(-1);
    if (last !== undefined && index - last[1] <= 2 * CONTEXT) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}

function hunk(
  old: readonly string[],
  fresh: readonly string[],
  start: number,
  end: number,
): string {
  const out: string[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = (): void => {
    out.push(...gone, ...come);
    gone = [];
    come = [];
  };
  for (let index = start; index < end; index++) {
    const [line = '', other = ''] = [old[index], fresh[index]];
    if (line === other) {
      flush();
      out.push(written(' ', line));
    } else {
      gone.push(written('-', line));
      come.push(written('+', other));
    }
  }
  flush();
  return out.join('');
}

function written(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}
