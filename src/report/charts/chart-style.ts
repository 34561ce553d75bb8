import { LABEL_SIZE } from './text-width.ts';

/**
 * Colours of charts and page in light and dark. Blue and orange keep apart for every kind of colour
 * vision; the recommended size is a diamond besides, the current one a ring.
 */
const LIGHT = `
  --page: #ffffff; --card: #f6f8fa; --ink: #1c2128; --soft: #57606a; --edge: #d7dde3; --grid: #e8ecf0;
  --data: #4a6d8c; --best: #b8480b; --now: #1c2128; --band: #fbe6d6; --died: #b3261e; --cold: #0b7a75;
  --room: #e3e8ed; --before: #6b7280; --stop: #fdecea; --stop-ink: #8c1d18; --good: #1a6b35;`;

const DARK = `
  --page: #0f1419; --card: #182028; --ink: #e6ebf0; --soft: #9aa7b4; --edge: #2e3944; --grid: #222c36;
  --data: #7fa6c9; --best: #ff9d5c; --now: #e6ebf0; --band: #4a3220; --died: #ff8a80; --cold: #4fd1c5;
  --room: #26313c; --before: #a3adb8; --stop: #3a1714; --stop-ink: #ffb4ab; --good: #7ddb98;`;

/** Returns the colours for everything below a selector. */
export function themeStyle(selector: string): string {
  return `${selector} {${LIGHT} }
@media (prefers-color-scheme: dark) { ${selector} {${DARK} } }`;
}

/** How the parts of charts look; the same on the page and in a file of its own. */
export const CHART_STYLE = `
.pd-chart { font: ${LABEL_SIZE}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.pd-label, .pd-heading { paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.pd-label { fill: var(--soft); font-variant-numeric: tabular-nums; }
.pd-heading { fill: var(--ink); font-weight: 600; }
.pd-label-best { fill: var(--best); font-weight: 600; }
.pd-label-now { fill: var(--now); font-weight: 600; }
.pd-label-died { fill: var(--died); }
.pd-axis, .pd-tick { stroke: var(--soft); stroke-width: 1; }
.pd-grid { stroke: var(--grid); stroke-width: 1; }
.pd-line { fill: none; stroke: var(--data); stroke-width: 1.5; opacity: 0.7; }
.pd-line-before { stroke: var(--before); stroke-dasharray: 5 3; }
.pd-line-after { stroke: var(--best); }
.pd-fit { fill: var(--data); opacity: 0.18; }
.pd-fit-before { fill: var(--before); }
.pd-fit-after { fill: var(--best); }
.pd-edge { fill: none; stroke: var(--best); stroke-width: 2; stroke-linejoin: round; opacity: 0.55; }
.pd-interval { stroke: var(--ink); stroke-width: 1.4; }
.pd-point { fill: var(--data); }
.pd-now { fill: var(--page); stroke: var(--now); stroke-width: 2; }
.pd-best { fill: var(--band); stroke: var(--best); stroke-width: 2; stroke-linejoin: round; }
.pd-before { fill: var(--before); }
.pd-after { fill: var(--best); }
.pd-real { fill: var(--page); stroke: var(--cold); stroke-width: 2; }
.pd-real-line { stroke: var(--cold); stroke-width: 1.6; }
.pd-cold-init { fill: var(--cold); opacity: 0.55; }
.pd-cold-run { fill: var(--cold); }
.pd-improved { fill: var(--good); }
.pd-limit { stroke: var(--soft); stroke-width: 1.4; stroke-dasharray: 3 3; }
.pd-died { fill: none; stroke: var(--died); stroke-width: 2; }
.pd-post { stroke-width: 1; }
.pd-post-best { stroke: var(--best); }
.pd-post-now { stroke: var(--now); stroke-dasharray: 2 4; }
.pd-band { fill: var(--band); }
.pd-warm { fill: none; stroke: var(--data); stroke-width: 5; stroke-linecap: round; opacity: 0.6; }
.pd-cold { fill: none; stroke: var(--cold); stroke-width: 1.6; }
.pd-room { fill: var(--room); }
.pd-used { fill: var(--data); }
.pd-full { fill: var(--died); }
.pd-caller { fill: var(--soft); }
`;
