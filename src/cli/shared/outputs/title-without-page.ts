/** Whoever gives a title believes that an output has one. */
export const TITLE_WITHOUT_PAGE =
  '--title: wanted a page beside it (--out with a name ending in .html), nothing else has a heading';
