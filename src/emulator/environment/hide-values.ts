/** Shorter ones are ordinary text too often: hiding every `1` would make a log unreadable. */
const SHORTEST = 4;

/**
 * Makes a function that puts `[NAME]` in the place of each variable's value, as it is and as JSON writes it,
 * so that what a handler prints of its settings goes no further. Of a value of several lines, each is hidden
 * by itself as well: a stack comes line by line.
 */
export function hideValues(variables: Readonly<Record<string, string>>): (bytes: Buffer) => Buffer {
  const hidden = Object.entries(variables)
    .flatMap(([name, value]) =>
      [...new Set([value, JSON.stringify(value).slice(1, -1), ...linesOf(value)])].map((text) => ({
        name,
        text,
      })),
    )
    .filter(({ text }) => text.length >= SHORTEST)
    // A value that holds another one goes as a whole.
    .toSorted((a, b) => b.text.length - a.text.length);
  if (hidden.length === 0) return (bytes) => bytes;
  return (bytes) => {
    if (!hidden.some(({ text }) => bytes.includes(text))) return bytes;
    const text = hidden.reduce(
      (rest, { name, text: value }) => rest.replaceAll(value, `[${name}]`),
      bytes.toString('utf8'),
    );
    return Buffer.from(text);
  };
}

function linesOf(value: string): readonly string[] {
  return value.split(/\r?\n/).flatMap((line) => [line, JSON.stringify(line).slice(1, -1)]);
}
