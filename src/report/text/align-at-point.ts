/** Numbers of one unit with their decimal points below each other, where cells are aligned right. */
export function alignAtPoint(cells: readonly string[]): string[] {
  const decimals = cells.map((cell) => {
    const point = cell.indexOf('.');
    return point < 0 ? 0 : cell.length - point;
  });
  const most = Math.max(0, ...decimals);
  return cells.map((cell, index) =>
    cell === '' ? '' : cell + ' '.repeat(most - (decimals[index] ?? 0)),
  );
}
