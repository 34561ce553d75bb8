/**
 * One sheet of A4 or Letter: the answer, the two curves, every size and what the run was. What takes more
 * room (further charts, the notes' texts) stays on the screen; its number is printed.
 */
export const PRINT_STYLE = `
@page { margin: 9mm 10mm; }
@media print {
  html { background: none; }
  body { font-size: 8.5pt; line-height: 1.35; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 15pt; }
  h2 { font-size: 9.5pt; margin: 0; }
  h1, .about dd, .emulated, .sentence, .blockers, .facts dd:not(:last-child), td.words div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .sentence { font-size: 11pt; -webkit-line-clamp: 4; }
  .blockers { -webkit-line-clamp: 5; }
  .about { font-size: 8pt; gap: 0 12px; margin-top: 2px; }
  .emulated { font-size: 8pt; margin-top: 2px; }
  .hero { margin-top: 6px; }
  .blockers, .notes { margin-top: 5px; padding: 3px 8px; font-size: 8pt; }
  .cards { grid-template-columns: repeat(5, 1fr); gap: 6px; margin: 7px 0 0; }
  .cards div { padding: 3px 7px; border-radius: 4px; }
  .cards dt, .cards .detail { font-size: 7.5pt; line-height: 1.25; }
  .cards .value { font-size: 11pt; line-height: 1.2; }
  section { margin-top: 8px; }
  .first { grid-template-columns: 1fr 1fr; gap: 0 18px; }
  .first.one { grid-template-columns: 1fr; max-width: 50%; }
  figure { padding: 0; }
  figcaption { display: none; }
  .figures, figure details, .scroll, footer .screen, tr.minor { display: none; }
  details:not([open]) summary { list-style: none; }
  table { font-size: 7.5pt; line-height: 1.25; }
  th, td { padding: 1.5px 5px; }
  td small, th small { font-size: 6.5pt; }
  th small { max-width: 16em; max-height: 2.5em; overflow: hidden; }
  .facts { font-size: 8pt; gap: 1px 10px; margin-top: 2px; }
  code { margin-top: 1px; padding: 1px 6px; font-size: 7.5pt; }
  footer { margin-top: 6px; font-size: 7.5pt; }
  .cards div, tr.best > *, .blockers, .notes { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
