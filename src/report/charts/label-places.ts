import { LARGEST_LABEL_SCALE, textWidth } from './text-width.ts';

/** A rectangle that a label would cover. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Height of a line of labels. */
const CHAR_HEIGHT = 14;

/** Keeps neighbours apart. */
const CLEARANCE = 3;

/** Tells how wide a label is where it is largest; it may be semibold. */
export function labelWidth(text: string): number {
  return textWidth(text, true) * LARGEST_LABEL_SCALE;
}

function boxOf({ x, y, anchor }: Place, text: string): Box {
  const width = labelWidth(text);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return {
    left: left - CLEARANCE,
    top: y - CHAR_HEIGHT + 3,
    right: left + width + CLEARANCE,
    bottom: y + 3,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Returns a place for each label where it covers no other and stays inside; `null` where there is none. The
 * first label has the first choice, so the important ones come first.
 */
export function placeLabels(
  labels: readonly { readonly text: string; readonly places: readonly Place[] }[],
  bounds: Box,
  taken: readonly Box[] = [],
): (Place | null)[] {
  const boxes = [...taken];
  return labels.map(({ text, places }) => {
    const free = places.find((place) => {
      const box = boxOf(place, text);
      const inside =
        box.left >= bounds.left &&
        box.right <= bounds.right &&
        box.top >= bounds.top &&
        box.bottom <= bounds.bottom;
      return inside && !boxes.some((other) => overlap(box, other));
    });
    if (free !== undefined) boxes.push(boxOf(free, text));
    return free ?? null;
  });
}
