import { CHART_STYLE, themeStyle } from '../charts/chart-style.ts';
import { LARGEST_LABEL_SCALE } from '../charts/text-width.ts';

const PAGE = `
* { box-sizing: border-box; }
html { color-scheme: light dark; background: var(--page); }
body { margin: 0; color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; }
h2 { margin: 0 0 4px; font-size: 17px; }
p { margin: 0; }
.about { color: var(--soft); margin-bottom: 16px; }
.sentence { font-size: 20px; line-height: 1.4; font-weight: 600; max-width: 46em; }
.note { margin-top: 12px; padding: 10px 14px; background: var(--warn); border-left: 4px solid var(--warn-edge); border-radius: 4px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 8px; }
.cards div { padding: 12px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.cards dt { color: var(--soft); font-size: 13px; }
.cards dd { margin: 0; }
.cards .value { font-size: 22px; font-weight: 650; }
.cards .value.best { color: var(--best); }
.cards .detail { color: var(--soft); font-size: 13px; }
section { margin-top: 32px; }
.figures { columns: 2 440px; column-gap: 40px; }
figure { margin: 0; padding-bottom: 32px; break-inside: avoid; }
figcaption { color: var(--soft); font-size: 14px; margin-bottom: 8px; }
.pd-chart { display: block; width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid); }
th { color: var(--soft); font-weight: 600; border-bottom-color: var(--edge); }
tbody th { color: var(--ink); }
td.words, th.words { text-align: left; white-space: normal; min-width: 11em; }
td small { color: var(--soft); font-size: 12px; }
tr.best > * { background: var(--band); }
details { margin-top: 8px; font-size: 14px; }
summary { color: var(--soft); cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 8px 0 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
code { display: block; margin-top: 4px; padding: 8px 12px; background: var(--card); border: 1px solid var(--edge); border-radius: 4px; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
footer { margin-top: 40px; color: var(--soft); font-size: 13px; }
@media (max-width: 560px) {
  main { padding: 20px 14px 32px; }
  .pd-chart text { transform: scale(${LARGEST_LABEL_SCALE}); transform-box: fill-box; transform-origin: 0 78%; }
  .pd-chart text[text-anchor="middle"] { transform-origin: 50% 78%; }
  .pd-chart text[text-anchor="end"] { transform-origin: 100% 78%; }
  .cards .value { font-size: 20px; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
}
@media print { details { display: none; } main { max-width: none; } }
`;

/** Everything the page looks like. It loads nothing. */
export const PAGE_STYLE = `${themeStyle(':root')}${CHART_STYLE}${PAGE}`;
