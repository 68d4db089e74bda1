/**
 * What paper asks of any page, behind the pack's own rules and before its `print.css`: sheets of A4, by day, whole rows, headings
 * that stay with what they head. Nothing is pressed on paper, so buttons read as links.
 */
export const printCss = `
@page {
  size: A4;
  margin: 17mm 0 21mm;
  @bottom-left { padding: 0 0 9mm 17mm; vertical-align: bottom; text-align: start; color: var(--ink-soft); font: 400 7.5pt/1.3 var(--font); white-space: nowrap }
  @bottom-right { padding: 0 17mm 9mm 0; vertical-align: bottom; text-align: end; color: var(--ink-soft); font: 400 7.5pt/1.3 var(--font); white-space: nowrap; font-variant-numeric: tabular-nums }
}
@page :first { margin-top: 0 }
:root { color-scheme: only light; --paper: #fff }
html { print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { orphans: 3; widows: 3; background: #fff }
h1, h2, h3, h4, caption, summary, legend { break-after: avoid }
section, footer, tr, li, dl > div, figure, img, svg, .still { break-inside: avoid }
thead { display: table-header-group }
tfoot { display: table-row-group }
summary { list-style: none }
summary::-webkit-details-marker { display: none }
.still { display: block }
.still img { display: block; inline-size: 100%; block-size: auto }
`;
