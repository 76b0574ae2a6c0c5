// The only script of the page: it filters the rows. Constant, so that its hash can allow it.

import { createHash } from 'node:crypto';

/** Reads nothing but the page. Without it the page shows all rows. */
export const SCRIPT = `
const form = document.querySelector('form');
const rows = [...document.querySelectorAll('tr[data-kind]')].map((row) => {
  const titles = [...row.querySelectorAll('[title]')].map((each) => each.title);
  return { row, text: [row.textContent, ...titles].join(' ').toLowerCase() };
});
const filter = () => {
  const words = form.search.value.toLowerCase().split(/\\s+/);
  const kind = form.kind.value;
  for (const { row, text } of rows) {
    const isOther = kind !== '' && row.dataset.kind !== kind;
    row.hidden = isOther || !words.every((word) => text.includes(word));
  }
  for (const table of document.querySelectorAll('table[data-count]')) {
    const own = rows.filter(({ row }) => table.contains(row));
    const shown = own.filter(({ row }) => !row.hidden).length;
    const text = table.dataset.count.replace('{shown}', shown).replace('{all}', own.length);
    document.getElementById(table.id + '-count').textContent = shown < own.length ? text : '';
  }
};
form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
filter();
`;

/** Allows only this script, and the page's style. */
export const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
].join('; ');
