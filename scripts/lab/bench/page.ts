// Builds docs/performance.md: the measurements, the machine, and the targets that are met.

import { curveTable } from './curve-table.js';
import type { Measured, PartName, Parts } from './measured.js';
import { count, medianOf, ratio, spread, table } from './tables.js';
import { ratioOf, type Spread, spreadOf, type Times } from './timer.js';

const PARTS: readonly PartName[] = ['commits', 'trace', 'paths', 'manifests', 'staged', 'check', 'curves'];
/**
 * The load average of an otherwise idle machine: one command at a time, which git may spread over
 * two cores.
 */
const QUIET = 2.5;

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string;
  readonly met: boolean;
  /** Why the target is missed. */
  readonly reason: string;
}

/** Microseconds per additional file, from one staged file to the largest number. */
function slopeOf(staged: NonNullable<Parts['staged']>, of: string): number {
  const points = [...staged].map(([files, times]) => [files, medianOf(times, of).median] as const);
  const [[fewest, least] = [0, 0], [most, longest] = [1, 0]] = [points[0], points.at(-1)];
  return ((longest - least) / (most - fewest)) * 1000;
}

function atMost(what: string, limit: number, seen: Spread, reason: string): Target {
  return { what, wanted: `≤ ${limit} ×`, seen: ratio(seen), met: seen.median <= limit, reason };
}

function untouchedTargets({ paths, commits }: Parts): Target[] {
  const small = paths && [...paths.values()][0];
  const bare = 'a commit that touches no pair, beside a bare hook with the same two questions';
  const reason = 'sh looks through PATH before its first command, and forks for each of its two questions';
  return [
    ...(small ? [atMost(bare, 1.2, ratioOf(small.untouched, 'dos-sync', 'bare hook'), reason)] : []),
    ...['lefthook, nothing to do', 'prek, nothing to do'].flatMap((peer) => {
      if (!commits) return [];
      const seen = ratioOf(commits, 'dos-sync, no pair touched', peer);
      const what = `the same commit, beside ${peer}`;
      return [{ what, wanted: '< 1 ×', seen: ratio(seen), met: seen.median < 1, reason: 'sh and two git processes' }];
    }),
  ];
}

function touchedTargets({ staged }: Parts): Target[] {
  return [1, 10, 50].flatMap((files) => {
    const times = staged?.get(files);
    const reason = 'Node loads its streams and starts cat-file, on top of the two git processes of sh';
    const what = `${files} staged, beside node -e 0 and one diff-index`;
    return times ? [atMost(what, 1.35, ratioOf(times, 'dos-sync', 'node and diff-index'), reason)] : [];
  });
}

function sizeTargets({ paths, manifests, staged }: Parts): Target[] {
  const targets: Target[] = [];
  const largest = paths && [...paths].at(-1);
  if (largest) {
    const [size, { touched, memory }] = largest;
    const what = `${count(size)} paths, half of them paired, 10 staged, beside diff-index --raw`;
    targets.push(
      atMost(what, 1.4, ratioOf(touched, 'dos-sync', 'diff-index'), 'Node has to start, however fast git is'),
    );
    const seen = `${memory.toFixed(0)} MB`;
    targets.push({ what: 'memory there', wanted: '≤ 200 MB', seen, met: memory <= 200, reason: 'of Node alone' });
  }
  if (manifests && manifests.size > 1) {
    const [fewest, most] = [[...manifests.keys()][0] ?? '', [...manifests.keys()].at(-1) ?? ''];
    const what = `a touched commit under ${count(Number(most))} pairs, beside ${fewest}`;
    targets.push(
      atMost(what, 1.5, ratioOf(manifests, most, fewest), 'the laid out manifest is read whole, though not parsed'),
    );
  }
  if (staged) {
    const slope = slopeOf(staged, 'dos-sync') - slopeOf(staged, 'cat-file');
    const reason = 'each pair is looked up and compared in JavaScript, and the times hold sh and the raw diff too';
    const what = 'each staged file, above cat-file asked for its partner';
    targets.push({ what, wanted: '≤ 40 µs', seen: `${slope.toFixed(0)} µs`, met: slope <= 40, reason });
  }
  return targets;
}

function checkTargets({ check }: Parts): Target[] {
  return [...(check ?? [])].flatMap(([size, times]) => {
    if (!times.has('sha256 in Node')) {
      const what = `check of ${count(size)} paths, half of them paired, beside git status`;
      return [atMost(what, 1.5, ratioOf(times, 'check', 'git status'), 'Node has to start, however fast git is')];
    }
    return ['sha256 in Node', 'git hash-object', 'sha256sum'].map((name) => {
      const seen = ratioOf(times, name === 'git hash-object' ? 'hash-object' : name, 'check');
      const what = `check of ${count(size / 2)} unchanged pairs, beside ${name} of all their files`;
      const reason = 'it costs little more than the start of Node, the hashing little more than reading from memory';
      return { what, wanted: '≥ 5 ×', seen: ratio(seen), met: seen.median >= 5, reason };
    });
  });
}

function targetsOf(parts: Parts): Target[] {
  return [...untouchedTargets(parts), ...touchedTargets(parts), ...sizeTargets(parts), ...checkTargets(parts)];
}

function commitTable(commits: Times): string {
  const rows = [...commits.keys()].map((name) => [
    name,
    spread(medianOf(commits, name)),
    ratio(ratioOf(commits, name, 'no hook')),
  ]);
  return table(['pre-commit hook', 'ms', '× no hook'], rows);
}

function pathTable({ paths, trace }: Parts): string {
  const rows = [...(paths ?? [])].map(([size, { untouched, touched, memory }]) => [
    count(size),
    spread(medianOf(untouched, 'bare hook')),
    spread(medianOf(untouched, 'dos-sync')),
    spread(medianOf(touched, 'diff-index')),
    spread(medianOf(touched, 'dos-sync')),
    memory.toFixed(0),
  ]);
  const both = 'a recorded history, touched or not';
  const more = trace
    ? [[both, spread(medianOf(trace, 'bare hook')), spread(medianOf(trace, 'dos-sync')), '', '', '']]
    : [];
  return table(['paths', 'bare hook', 'no pair touched', 'diff-index --raw', '10 staged', 'MB'], [...rows, ...more]);
}

function stagedTable(staged: NonNullable<Parts['staged']>): string {
  const rows = [...staged].map(([files, times]) => [
    count(files),
    ...['cat-file', 'node and diff-index', 'dos-sync'].map((name) => spread(medianOf(times, name))),
  ]);
  return table(['staged', 'cat-file --batch-check', 'node -e 0, diff-index', 'dos-sync'], rows);
}

function checkTable(check: NonNullable<Parts['check']>): string {
  const names = ['git status', 'check', 'hash-object', 'sha256sum', 'sha256 in Node'];
  const cell = (times: Times, name: string) => (times.has(name) ? spread(medianOf(times, name)) : '');
  const rows = [...check].map(([size, times]) => [count(size), ...names.map((name) => cell(times, name))]);
  return table(['paths', ...names], rows);
}

function sectionsOf({ parts }: Measured): string[] {
  const { commits, trace, paths, manifests, staged, check, curves } = parts;
  const plot = (what: string, name: string) => `![cost against ${what}](performance-${name}.svg)`;
  return [
    ...(commits
      ? [
          '## One commit in a repository of 2,000 files and 20 pairs',
          'Real commits of one file (ten in the last row), each taken back before the next. The peers run with nothing to do.',
          commitTable(commits),
        ]
      : []),
    ...(paths || trace
      ? [
          '## As the repository grows',
          'The hook alone, half of the paths in pairs; the bare hook is `git rev-parse` and one `git diff-index --cached --quiet`.',
          pathTable(parts),
          ...(paths ? [plot('paths', 'paths')] : []),
        ]
      : []),
    ...(manifests
      ? [
          '## As the manifest grows',
          table(
            ['pairs', 'ms'],
            [...manifests].map(([name, times]) => [count(Number(name)), spread(spreadOf(times))]),
          ),
          plot('the size of the manifest', 'manifest'),
        ]
      : []),
    ...(staged
      ? [
          '## As more is staged',
          'Only one side of each pair is staged, so that each partner is looked up in HEAD.',
          stagedTable(staged),
          plot('staged files', 'staged'),
        ]
      : []),
    ...(check
      ? [
          '## `check` of a working tree where nothing changed',
          'The smallest one is 4,000 pairs of files of 16 KiB and nothing else; in the others half of the paths are in pairs.',
          checkTable(check),
          plot('paths', 'check'),
        ]
      : []),
    ...(curves
      ? [
          '## As one thing doubles four times',
          `Each command in five repositories, the largest 16 times the smallest. An exponent of 1 means that twice as much takes twice as long;
the start of Node flattens it. "before" is the build that this one replaced, in the same run; empty where only this one was timed.`,
          curveTable(curves),
          plot('files in the pair', 'curves'),
        ]
      : []),
  ];
}

function formatRuns({ runs }: Measured): string {
  const rows = Object.entries(runs).map(([name, { rounds, load, day }]) => [
    name,
    day,
    name === 'trace' ? 'one of each commit' : String(rounds),
    load.map((each) => each.toFixed(1)).join(', '),
  ]);
  const noisy = Object.values(runs).some(({ load }) => load[0] > QUIET);
  const warning = 'Other work ran on this machine meanwhile: **read the ratios, not the times.**';
  return `${table(['part', 'day', 'rounds', 'load before, after'], rows)}${noisy ? `\n\n${warning}` : ''}`;
}

/** Pure. The page, without parts that were not measured. */
export function formatPage(measured: Measured): string {
  const { environment, parts } = measured;
  const targets = targetsOf(parts).map(({ what, wanted, seen, met, reason }) => [
    what,
    wanted,
    seen,
    met ? 'met' : `missed: ${reason}`,
  ]);
  const sections = [
    '# What it costs',
    `Milliseconds: the median, and in brackets the middle half. Every round runs each command of a table once, forwards and backwards in turn,
so that what slows the machine slows all of them; a ratio is taken round by round.`,
    `- Machine: ${environment.machine}\n- Versions: ${[environment.versions, measured.runs.commits?.peers].filter(Boolean).join(', ')}`,
    formatRuns(measured),
    `\`npm run lab -- bench\` measures all of it again and writes this page; \`--only check,paths\` some of its parts (${PARTS.join(', ')}), \`--rounds 5 --largest
100000\` in less time, \`--trace FILE --manifest FILE\` a history of your own. It installs the peers from the npm registry into a directory for temporary
files, and takes them away. What was measured stands in [performance.json](performance.json).`,
    '## Targets',
    table(['what', 'wanted', 'seen', ''], targets),
    ...sectionsOf(measured),
  ];
  return `${sections.join('\n\n')}\n`;
}
