import { escapeText } from './escape-text.ts';

/** Finished, safe markup. The only ways to it are `element`, `fragment` and the files that say why theirs is safe. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | null;

/** Elements without content. Only these close themselves, so that HTML and XML parsers read the same tree. */
const EMPTY = new Set(['meta', 'br', 'path', 'line', 'rect', 'circle']);

/** Elements whose children stand on lines of their own; white space means nothing between them. */
const BLOCK = new Set(
  'html head body header main section footer figure div details dl table thead tbody tr ul svg g'.split(
    ' ',
  ),
);

/** Hundredths of a pixel are enough. */
function attributeValue(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeText(value);
}

/**
 * One element of HTML or SVG. Strings among attributes and children are escaped, so whatever a user's
 * code put into a result stays text.
 *
 * @param attributes those that are `null` are left out
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  ...children: readonly Child[]
): Markup {
  const opening = Object.entries(attributes)
    .filter((attribute): attribute is [string, string | number] => attribute[1] !== null)
    .map(([key, value]) => ` ${key}="${attributeValue(value)}"`)
    .join('');
  if (EMPTY.has(name)) return { markup: `<${name}${opening}/>` };
  const content = children.filter((child) => child !== null).map(childMarkup);
  const isBlock = BLOCK.has(name) && content.length > 0;
  const inside = isBlock ? `\n${content.join('\n')}\n` : content.join('');
  return { markup: `<${name}${opening}>${inside}</${name}>` };
}

function childMarkup(child: Markup | string): string {
  return typeof child === 'string' ? escapeText(child) : child.markup;
}

/** Several pieces of markup as one, each on a line of its own. */
export function fragment(...children: readonly Child[]): Markup {
  const content = children.filter((child) => child !== null).map(childMarkup);
  return { markup: content.join('\n') };
}
