import type { Currency } from '../../words/format/money.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import type { SizePoint } from './size-points.ts';

/** One size in words: what a pointer resting on it reads. */
export function pointText({ size, recommended, current }: SizePoint, currency: Currency): string {
  const cells = sizeCells(size);
  const marks = [...(recommended ? ['recommended'] : []), ...(current ? ['current'] : [])];
  return [
    cells.memory,
    `${cells.duration} ${cells.durationPlusMinus}`.trim(),
    `${cells.cost} ${cells.costPlusMinus} ${currency} per million`.replace('  ', ' '),
    ...marks,
  ].join(', ');
}
