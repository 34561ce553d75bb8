import { CHART_STYLE, themeStyle } from '../charts/chart-style.ts';
import { LARGEST_LABEL_SCALE } from '../charts/text-width.ts';
import { PRINT_STYLE } from './print-style.ts';

const PAGE = `
* { box-sizing: border-box; }
html { color-scheme: light dark; background: var(--page); -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 1280px; margin: 0 auto; padding: 28px 24px 48px; }
h1 { margin: 0; font-size: 28px; line-height: 1.25; }
h2 { margin: 0 0 4px; font-size: 17px; }
section > .about { margin-bottom: 10px; }
p { margin: 0; }
:focus-visible { outline: 2px solid var(--best); outline-offset: 2px; }
.about { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 6px 0 0; font-size: 13.5px; color: var(--soft); }
.about div { display: flex; gap: 6px; min-width: 0; }
.about dt { flex: none; }
.about dd { margin: 0; min-width: 0; color: var(--ink); }
.emulated { margin-top: 6px; font-size: 13.5px; color: var(--soft); }
.hero { margin-top: 20px; }
.sentence { font-size: 21px; line-height: 1.4; font-weight: 600; max-width: 46em; }
.odds { margin-top: 4px; color: var(--soft); }
.blockers { margin-top: 14px; padding: 9px 14px; border-left: 4px solid var(--died); border-radius: 4px; background: var(--stop); color: var(--stop-ink); }
.notes { margin-top: 14px; padding: 7px 14px; border-left: 4px solid var(--edge); border-radius: 4px; background: var(--card); color: var(--ink); font-size: 14px; }
.notes summary { color: var(--ink); }
.notes ul { margin: 6px 0 2px; padding-left: 20px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 12px; margin: 22px 0 8px; }
.cards div { padding: 10px 12px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.cards dt { color: var(--soft); font-size: 13px; }
.cards dd { margin: 0; }
.cards .value { font-size: 22px; line-height: 1.35; font-weight: 650; }
.cards .value.best { color: var(--best); }
.cards .detail { color: var(--soft); font-size: 13px; }
section { margin-top: 28px; }
.first { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(330px, 100%), 1fr)); gap: 24px 40px; }
.figures { columns: 3 340px; column-gap: 40px; }
figure { margin: 0; padding-bottom: 28px; break-inside: avoid; min-width: 0; container-type: inline-size; }
figcaption { color: var(--soft); font-size: 14px; margin-bottom: 8px; }
.pd-chart { display: block; width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--grid); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; border-bottom-color: var(--edge); vertical-align: bottom; }
th:first-child { text-align: left; }
tbody th { color: var(--ink); }
td { white-space: nowrap; overflow-wrap: normal; }
td small { white-space: normal; }
td.wrapped { white-space: normal; max-width: 18em; }
td.words { text-align: left; white-space: normal; overflow-wrap: anywhere; }
thead th { overflow-wrap: normal; }
tbody th { white-space: nowrap; }
th small { max-width: 18em; white-space: normal; }
td small, th small { display: block; color: var(--soft); font-size: 12px; font-weight: 400; }
tr.best > * { background: var(--band); }
tr.best small { color: var(--ink); }
.left { text-align: left; }
.good { color: var(--good); }
.bad { color: var(--stop-ink); font-weight: 600; }
@media screen { .paper { display: none; } }
details { margin-top: 8px; font-size: 14px; }
summary { color: var(--soft); cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 8px 0 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
code { display: block; margin-top: 4px; padding: 8px 12px; background: var(--card); border: 1px solid var(--edge); border-radius: 4px; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { margin: 0; overflow-x: auto; }
pre code { white-space: pre; overflow-wrap: normal; width: max-content; min-width: 100%; }
footer { margin-top: 36px; color: var(--soft); font-size: 13px; }
`;

/** In narrow columns labels are larger; on narrow screens a row of the table of sizes becomes a block of its own, so that all of it stays in sight. */
const NARROW = `
@container (max-width: 400px) {
  .pd-chart text { transform: scale(${LARGEST_LABEL_SCALE}); transform-box: fill-box; transform-origin: 0 78%; }
  .pd-chart text[text-anchor="middle"] { transform-origin: 50% 78%; }
  .pd-chart text[text-anchor="end"] { transform-origin: 100% 78%; }
}
@media screen and (max-width: 960px) {
  .sizes, .sizes tbody { display: block; }
  .sizes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .sizes tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); padding: 8px 10px; border-bottom: 1px solid var(--edge); }
  .sizes tr.best { background: var(--band); }
  .sizes th, .sizes td { display: block; padding: 3px 6px 3px 0; border: 0; text-align: left; }
  .sizes th[scope="row"], .sizes td.words { grid-column: 1 / -1; }
  .sizes td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: 12px; }
  .sizes tr.best td[data-label]::before { color: var(--ink); }
}
@media screen and (max-width: 560px) {
  main { padding: 18px 14px 32px; }
  h1 { font-size: 24px; }
  .sentence { font-size: 18px; }
  .cards { grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 8px; }
  .cards .value { font-size: 20px; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
}
`;

/** Everything the page looks like. It loads nothing. */
export const PAGE_STYLE = `${themeStyle(':root')}${CHART_STYLE}${PAGE}${NARROW}${PRINT_STYLE}`;
