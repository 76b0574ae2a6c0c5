// docs/threats.md: the rows of docs/threats.json, with the safeguards that the sources register for
// them, and when each of these was last taken out.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findSafeguards, type Safeguard } from './safeguards.js';

const ROWS = 'docs/threats.json';
const RECORDS = 'docs/safeguards.json';
const PAGE = 'docs/threats.md';

interface NamedTest {
  readonly file: string;
  readonly name: string;
}

interface Row {
  readonly id: string;
  readonly what: string;
  readonly holds: string;
  readonly tests: readonly NamedTest[];
}

export interface Rows {
  readonly attacks: readonly Row[];
  readonly faults: readonly Row[];
}

/** By the name of a safeguard: the day (YYYY-MM-DD) on which its test failed without it. */
type Noticed = Readonly<Record<string, string>>;

export function readRows(): Rows {
  return JSON.parse(readFileSync(ROWS, 'utf8')) as Rows;
}

function readNoticed(): Noticed {
  return existsSync(RECORDS) ? (JSON.parse(readFileSync(RECORDS, 'utf8')) as Noticed) : {};
}

/** Adds safeguards that were noticed today, and writes the page again. */
export function recordNoticed(names: readonly string[]): void {
  const today = new Date().toISOString().slice(0, 10);
  const known = new Set(findSafeguards().map(({ name }) => name));
  const all = { ...readNoticed(), ...Object.fromEntries(names.map((name) => [name, today])) };
  const kept = Object.entries(all).filter(([name]) => known.has(name));
  writeFileSync(RECORDS, `${JSON.stringify(Object.fromEntries(kept.sort()), null, 2)}\n`);
  writeFileSync(PAGE, currentPage());
}

/** The page as it has to be for these sources and records. */
export function currentPage(): string {
  return buildPage(readRows(), findSafeguards(), readNoticed());
}

/** Pure. */
function buildPage({ attacks, faults }: Rows, safeguards: readonly Safeguard[], noticed: Noticed): string {
  const rowsOf = (rows: readonly Row[]) => rows.map((row) => formatRow(row, safeguards)).join('\n');
  const taken = safeguards.filter(({ name }) => noticed[name] !== undefined).length;
  return `# What must not happen, and what shows that it does not

The promise is in [SECURITY.md](../SECURITY.md): no byte is lost, nothing is written outside what was agreed, and a commit that passed has equal
pairs. Here is what it is held against, row by row, and by which tests. How often the long runs have tried it is in [reliability.md](reliability.md).

This page is made from [threats.json](threats.json), from the safeguards that the sources register, and from the runs that took them out
(\`npm run lab -- mutants --record\`). A row without a safeguard has no single statement that could be taken out.

## Attacks

A repository is untrusted input: its manifest, file names, links, submodules and attributes.

|  | attack | what holds | tests that go red where it does not | safeguards |
| --- | --- | --- | --- | --- |
${rowsOf(attacks)}

## Faults

|  | fault | what holds | tests that go red where it does not | safeguards |
| --- | --- | --- | --- | --- |
${rowsOf(faults)}

Beside these, [one-writing-path.test.ts](../test/unit/one-writing-path.test.ts) holds every file and every git verb that writes against a list, so that a
second way to write cannot come in unseen.

## Safeguards

Each was taken out of the sources, by itself, and its test failed then: ${taken} of ${safeguards.length}.

| safeguard | what it guards | test that fails without it | last seen to fail |
| --- | --- | --- | --- |
${safeguards.map((each) => formatSafeguard(each, noticed[each.name])).join('\n')}
`;
}

function formatRow({ id, what, holds, tests }: Row, safeguards: readonly Safeguard[]): string {
  const cited = tests.map(({ file, name }) => `${link(file)}: ${name}`).join('<br>');
  const own = safeguards.filter(({ rows }) => rows.includes(id)).map(({ name }) => `\`${name}\``);
  return `| ${id} | ${what} | ${holds} | ${cited} | ${own.join('<br>')} |`;
}

function formatSafeguard({ name, what, file, test, begins }: Safeguard, day: string | undefined): string {
  const tests = `${link(`test/${test}.test.ts`)}${begins === undefined ? '' : `: ${begins}…`}`;
  return `| [\`${name}\`](../${file}) | ${what} | ${tests} | ${day ?? 'not yet'} |`;
}

function link(file: string): string {
  return `[${basename(file)}](../${file})`;
}
