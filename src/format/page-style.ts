// The style of the page: light, dark, narrow and printed.

const LIGHT = `--ground: #fff; --ink: #1f2328; --soft: #59636e; --box: #f6f8fa; --rule: #d1d9e0;
  --bad: #b3261e; --bad-box: #ffebe9; --warn: #8a4600; --warn-box: #fff1e5; --good: #116329; --good-box: #e6f6ea;
  --odd: #6639ba; --odd-box: #f3edff;`;

const DARK = `--ground: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --box: #161b22; --rule: #3d444d;
  --bad: #ff9a92; --bad-box: #3c1618; --warn: #ffb77c; --warn-box: #3a230f; --good: #7ee2a0; --good-box: #12301c;
  --odd: #d2b8ff; --odd-box: #2a1f45;`;

const BASE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem auto;
  max-width: 90rem; padding: 0 1.5rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2, summary { font-size: 1.05rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
summary { cursor: pointer; } h2 output, summary output { font-weight: 400; color: var(--soft); margin-left: .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } .state { font-size: 1.05rem; margin-top: .75rem; }
.state.bad { color: var(--bad); font-weight: 600; } .state.good { color: var(--good); font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; } form[hidden] { display: none; }
input, select { background: var(--box); border: 1px solid var(--rule); border-radius: 6px; color: inherit;
  font: inherit; max-width: 100%; padding: .3rem .6rem; }
input { flex: 1 1 16rem; max-width: 30rem; } ::placeholder { color: var(--soft); opacity: 1; }`;

const TABLES = `
table { border-collapse: collapse; width: 100%; } tr[hidden] { display: none; }
td, th { border-bottom: 1px solid var(--rule); font-weight: 400; overflow-wrap: anywhere; padding: .15rem .8rem .15rem 0;
  text-align: left; vertical-align: top; }
tbody th { font-weight: 600; min-width: 8rem; } td { min-width: 6rem; }
thead th { background: var(--ground); border: 0; box-shadow: inset 0 -1px var(--rule); color: var(--soft); font-weight: 600;
  position: sticky; top: 0; z-index: 1; }
tbody tr:hover { background: var(--box); } tr[data-kind=out] th { color: var(--bad); }
code { font: 12px/1.5 ui-monospace, monospace; user-select: all; } td code { overflow-wrap: anywhere; }
.chip { border-radius: 4px; display: inline-block; font-size: 12px; line-height: 1.4; padding: 0 .4rem; white-space: nowrap; }
.drifted { background: var(--bad-box); color: var(--bad); font-weight: 600; }
.missing { background: var(--warn-box); color: var(--warn); font-weight: 600; }
.unchecked, .excepted { background: var(--odd-box); color: var(--odd); }
.same { background: var(--good-box); color: var(--good); } .onesided, .source { background: var(--box); color: var(--soft); }`;

const DRAWINGS = `
.wide { overflow-x: auto; } svg { display: block; } svg text { fill: var(--ink); font: 12px ui-monospace, monospace; }
svg .place { font-weight: 600; } svg .soft { fill: var(--soft); }
svg rect.node { fill: var(--box); stroke: var(--rule); } svg path { fill: none; stroke-width: 2; }
svg .ground { stroke: var(--ground); stroke-width: 4; paint-order: stroke; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: .25rem 0 .75rem; }
ul.legend i { display: inline-block; width: 1.5rem; height: .25rem; margin-right: .4rem; vertical-align: middle; }`;

/** A row becomes a block; each cell says which place it is. */
const STACKED = `
  body { margin: 1rem auto; padding: 0 1rem; } table, tbody, tr, tbody th, td { display: block; }
  thead { display: none; } tr { border-bottom: 1px solid var(--rule); padding: .35rem 0; }
  td, th { border: 0; padding: 0; min-width: 0; } #copies td:empty { display: none; }
  #copies td:not(:empty) { display: inline-block; margin-right: .9rem; } td[data-place]::before { color: var(--soft);
    content: attr(data-place) ' '; font-size: 12px; }`;

const PRINTED = `
  :root { color-scheme: light; ${LIGHT} }
  @page { margin: 15mm; }
  body { font-size: 8.5pt; line-height: 1.35; margin: 0; max-width: none; padding: 0; }
  form, .drawing { display: none; } summary { list-style: none; } thead th { position: static; }
  details::details-content { content-visibility: visible; display: block; }
  td, th, tbody th { min-width: 0; padding: .1rem .5rem .1rem 0; } code, .chip, svg text { font-size: 7.5pt; }
  .chip { border: 1px solid currentColor; background: none; }
  tr, svg { break-inside: avoid; } h2, summary, ul.legend { break-after: avoid; }
  .wide { overflow: visible; } svg { height: auto; max-width: 100%; } i, rect, path { print-color-adjust: exact; }`;

const [NAME, PLACE, NARROWEST, MOST_PRINTED] = [180, 120, 720, 6];

/** With many places the rows become blocks earlier, so that the page is never too wide. */
export function buildStyle(places: number): string {
  const enough = Math.max(NARROWEST, NAME + places * PLACE);
  const paper = places > MOST_PRINTED ? STACKED : '';
  const screen = `@media screen and (max-width: ${enough}px) {${STACKED}\n}`;
  return `${BASE}${TABLES}${DRAWINGS}\n${screen}\n@media print {${paper}${PRINTED}\n}`;
}
