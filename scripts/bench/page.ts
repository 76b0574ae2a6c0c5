// docs/performance.md: what was measured, on which machine, and which targets it meets.

import { ratioOf, type Spread, spreadOf, type Times } from './timer.js';

export interface Measured {
  readonly commits: Times;
  readonly trace: Times | undefined;
  readonly paths: ReadonlyMap<number, { readonly untouched: Times; readonly touched: Times; readonly memory: number }>;
  readonly manifests: Times;
  readonly staged: ReadonlyMap<number, Times>;
  readonly checks: ReadonlyMap<number, Times>;
  readonly rounds: number;
  /** One-minute load averages, before and after. */
  readonly load: readonly [number, number];
}

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string;
  readonly met: boolean;
  /** Why, where it is missed. */
  readonly reason: string;
}

const inMs = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const medianOf = (times: Times, name: string) => spreadOf(times.get(name) ?? []);
const spread = ({ median, low, high }: Spread) => `${inMs(median)} (${inMs(low)}–${inMs(high)})`;
const ratio = ({ median, low, high }: Spread) => `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
const count = (value: number) => value.toLocaleString('en');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Of the longest and the shortest median, how many microseconds each further file takes. */
function slopeOf(staged: Measured['staged'], of: string): number {
  const points = [...staged].map(([files, times]) => [files, medianOf(times, of).median] as const);
  const [[fewest, least] = [0, 0], [most, longest] = [1, 0]] = [points[0], points.at(-1)];
  return ((longest - least) / (most - fewest)) * 1000;
}

function targetsOf(measured: Measured): Target[] {
  const { commits, paths, manifests, staged, checks } = measured;
  const small = [...paths.values()][0];
  const largest = [...paths].at(-1);
  const targets: Target[] = [];
  const atMost = (what: string, limit: number, seen: Spread, reason: string) =>
    targets.push({ what, wanted: `≤ ${limit} ×`, seen: ratio(seen), met: seen.median <= limit, reason });
  if (small) {
    atMost(
      'a commit that touches no pair, beside a bare hook with the same two questions',
      1.2,
      ratioOf(small.untouched, 'dos-sync', 'bare hook'),
      'sh looks through PATH and starts the two git processes side by side, which needs an idle second core to pay',
    );
  }
  for (const peer of ['lefthook, nothing to do', 'prek, nothing to do']) {
    const seen = ratioOf(commits, 'dos-sync, no pair touched', peer);
    targets.push({
      what: `the same commit, beside ${peer}`,
      wanted: '< 1 ×',
      seen: ratio(seen),
      met: seen.median < 1,
      reason: '',
    });
  }
  for (const files of [1, 10, 50]) {
    const times = staged.get(files);
    if (times)
      atMost(
        `${files} staged, beside node -e 0 and one diff-index`,
        1.35,
        ratioOf(times, 'dos-sync', 'node and diff-index'),
        'Node loads its streams and starts cat-file, on top of the two git processes of sh',
      );
  }
  if (largest) {
    const [size, { touched, memory }] = largest;
    atMost(
      `${count(size)} paths, half of them paired, 10 staged, beside diff-index --raw`,
      1.4,
      ratioOf(touched, 'dos-sync', 'diff-index'),
      'the start of Node weighs more where git is fast',
    );
    targets.push({
      what: 'memory there',
      wanted: '≤ 200 MB',
      seen: `${memory.toFixed(0)} MB`,
      met: memory <= 200,
      reason: '',
    });
  }
  const [fewest, most] = [[...manifests.keys()][0] ?? '', [...manifests.keys()].at(-1) ?? ''];
  atMost(
    `a touched commit under ${count(Number(most))} pairs, beside ${fewest}`,
    1.5,
    ratioOf(manifests, most, fewest),
    'the laid out manifest is read whole, though not parsed',
  );
  const slope = slopeOf(staged, 'dos-sync') - slopeOf(staged, 'cat-file');
  targets.push({
    what: 'each staged file, above cat-file asked for its partner',
    wanted: '≤ 40 µs',
    seen: `${slope.toFixed(0)} µs`,
    met: slope <= 40,
    reason: 'each pair is looked up and compared in JavaScript, and the times hold sh and the raw diff too',
  });
  for (const [size, times] of checks) {
    if (times.has('hash-object')) {
      const seen = ratioOf(times, 'hash-object', 'check');
      targets.push({
        what: `check of ${count(size / 4)} unchanged pairs, beside git hash-object of them all`,
        wanted: '≥ 5 ×',
        seen: ratio(seen),
        met: seen.median >= 5,
        reason: 'the files are a few bytes each, so that hashing them costs less than the start of Node',
      });
    } else
      atMost(
        `check of ${count(size)} paths, beside git status`,
        1.5,
        ratioOf(times, 'check', 'git status'),
        'git lists the index as text, of which JavaScript makes an object for each path',
      );
  }
  return targets;
}

function commitTable({ commits }: Measured): string {
  const rows = [...commits.keys()].map((name) => [
    name,
    spread(medianOf(commits, name)),
    ratio(ratioOf(commits, name, 'no hook')),
  ]);
  return table(['pre-commit hook', 'ms', '× no hook'], rows);
}

function pathTable({ paths, trace }: Measured): string {
  const rows = [...paths].map(([size, { untouched, touched, memory }]) => [
    count(size),
    spread(medianOf(untouched, 'bare hook')),
    spread(medianOf(untouched, 'dos-sync')),
    spread(medianOf(touched, 'diff-index')),
    spread(medianOf(touched, 'dos-sync')),
    memory.toFixed(0),
  ]);
  const more = trace
    ? [['a replayed history', spread(medianOf(trace, 'bare hook')), spread(medianOf(trace, 'dos-sync')), '', '', '']]
    : [];
  return table(['paths', 'bare hook', 'no pair touched', 'diff-index --raw', '10 staged', 'MB'], [...rows, ...more]);
}

function stagedTable({ staged }: Measured): string {
  const rows = [...staged].map(([files, times]) => [
    count(files),
    ...['cat-file', 'node and diff-index', 'dos-sync'].map((name) => spread(medianOf(times, name))),
  ]);
  return table(['staged', 'cat-file --batch-check', 'node -e 0, diff-index', 'dos-sync'], rows);
}

function checkTable({ checks }: Measured): string {
  const names = ['git status', 'check', 'hash-object', 'sha256sum'];
  const cell = (times: Times, name: string) => (times.has(name) ? spread(medianOf(times, name)) : '');
  return table(
    ['paths', ...names],
    [...checks].map(([size, times]) => [count(size), ...names.map((name) => cell(times, name))]),
  );
}

export function layOutPage(measured: Measured, machine: string, versions: string): string {
  const { manifests, rounds, load } = measured;
  const noisy = Math.max(...load) > 2;
  const targets = targetsOf(measured).map(({ what, wanted, seen, met, reason }) => [
    what,
    wanted,
    seen,
    met ? 'met' : `missed: ${reason}`,
  ]);
  return `# What it costs

Milliseconds: the median, and in brackets the middle half, of ${rounds} rounds (a third of them for \`check\`). Every round runs each command of a table once,
forwards and backwards in turn, so that what slows the machine slows all of them; a ratio is taken round by round. The peers run
with nothing to do.

- Machine: ${machine}
- Versions: ${versions}
- Load average before and after: ${load.map((each) => each.toFixed(1)).join(', ')}${noisy ? '. **Other work ran on this machine: read the ratios, not the times.**' : ''}

Repeat it with \`npm run bench\`, which writes this page (\`--rounds 5\`, \`--largest 100000\` for a shorter run, \`--trace FILE MANIFEST\` for a history of
your own). It installs the peers from the npm registry into a directory for temporary files, and takes them away.

## Targets

${table(['what', 'wanted', 'seen', ''], targets)}

## One commit in a repository of 2,000 files and 20 pairs

Real commits of one file (ten in the last row), each taken back before the next.

${commitTable(measured)}

## As the repository grows

The hook alone, half of the paths in pairs of files; the bare hook is \`git rev-parse\` and one \`git diff-index --cached --quiet\`.

${pathTable(measured)}

![cost against paths](performance-paths.svg)

## As the manifest grows

${table(
  ['pairs', 'ms'],
  [...manifests].map(([name, times]) => [count(Number(name)), spread(spreadOf(times))]),
)}

![cost against the size of the manifest](performance-manifest.svg)

## As more is staged

Only one side of each pair is staged, so that each partner is looked up in HEAD.

${stagedTable(measured)}

![cost against staged files](performance-staged.svg)

## \`check\` of a working tree where nothing changed

${checkTable(measured)}
`;
}
