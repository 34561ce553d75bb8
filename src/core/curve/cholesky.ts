/** A square matrix or a lower triangle, row by row. */
export type Matrix = readonly Float64Array[];

/**
 * Returns the lower triangle L with L·Lᵀ = A, for a symmetric, positive definite A.
 *
 * @returns `null` where A is not positive definite
 */
export function cholesky(a: Matrix): Matrix | null {
  const lower = a.map((row) => new Float64Array(row.length));
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j += 1) {
      const other = lower[j] as Float64Array;
      let sum = cell(a, i, j);
      for (let k = 0; k < j; k += 1) sum -= (row[k] as number) * (other[k] as number);
      if (i === j) {
        if (!(sum > 0)) return null;
        row[j] = Math.sqrt(sum);
      } else {
        row[j] = sum / (other[j] as number);
      }
    }
  }
  return lower;
}

/** Solves L·x = b for a lower triangle. */
export function solveLower(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(b.length);
  for (const [i, row] of lower.entries()) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (row[k] as number) * (x[k] as number);
    x[i] = sum / (row[i] as number);
  }
  return x;
}

/** Solves Lᵀ·x = b for a lower triangle L. */
export function solveUpper(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < x.length; k += 1) {
      x[i] = (x[i] as number) - cell(lower, k, i) * (x[k] as number);
    }
    x[i] = (x[i] as number) / cell(lower, i, i);
  }
  return x;
}

/** 2 × the sum of the logarithms of the diagonal: the logarithm of the determinant of L·Lᵀ. */
export function logDeterminant(lower: Matrix): number {
  return lower.reduce((sum, row, i) => sum + 2 * Math.log(row[i] as number), 0);
}

export function cell(matrix: Matrix, row: number, column: number): number {
  return (matrix[row] as Float64Array)[column] as number;
}
