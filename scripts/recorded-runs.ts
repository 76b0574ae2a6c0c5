// Records where the tests were run, and writes docs/runs.md only from that.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const RECORDS = 'docs/runs.json';
const PAGE = 'docs/runs.md';

/** One run of the tests on one system. */
export interface RecordedRun {
  readonly system: string;
  readonly node: string;
  readonly git: string;
  /** The command, as typed. */
  readonly command: string;
  readonly passed: number;
  readonly failed: number;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** Replaces the run of the same command on the same versions, and writes the page again. */
export function recordRun(run: RecordedRun): void {
  const before = existsSync(RECORDS) ? readRuns() : [];
  const all = [...before.filter((each) => keyOf(each) !== keyOf(run)), run].sort((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : 1,
  );
  writeFileSync(RECORDS, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, buildRunsPage(all));
}

export function readRuns(): readonly RecordedRun[] {
  return JSON.parse(readFileSync(RECORDS, 'utf8')) as RecordedRun[];
}

function keyOf({ system, node, git, command }: RecordedRun): string {
  return [system, node, git, command].join('\n');
}

/** Pure. */
export function buildRunsPage(runs: readonly RecordedRun[]): string {
  const rows = runs.map(({ system, node, git, command, passed, failed, date }) =>
    ['', system, node, git, `\`${command}\``, passed, failed, date, ''].join(' | ').trim(),
  );
  return `# Where the tests were run

This page is written by the runs themselves (\`npm run lab -- nodes --record\`); a system that is not in it was not tried. The whole suite runs in CI on
Linux with Node 20 and git 2.39. [The README](../README.md#where-it-runs) says what is known of other systems.

| system | Node | git | command | passed | failed | day |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
