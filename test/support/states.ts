// States of a repository in memory, and their verdicts: no git, no disk.

import type { CheckReport } from '../../src/format/check-report.js';
import { countTotals, exitCodeOf } from '../../src/format/totals.js';
import type { Entry } from '../../src/git/entry.js';
import { parentOf, pathFromText, type RepoPath } from '../../src/git/path.js';
import { check } from '../../src/judge/judge-pairs.js';
import type { Verdict } from '../../src/judge/types.js';
import { parseManifest } from '../../src/manifest/parse.js';
import { buildRules } from '../../src/rules/build.js';
import type { Rules } from '../../src/rules/types.js';
import type { PlainNode, Snapshot } from '../../src/snapshot/types.js';
import { entryFrom } from './entries.js';

/** Paths in git's bytes, with their contents. */
export type Files = Readonly<Record<string, string>>;

/** A snapshot of these files. `onOpen` gets each directory whose files are listed. */
export function snapshotOf(files: Files, onOpen: (directory: RepoPath) => void = () => undefined): Snapshot {
  const paths = Object.keys(files) as RepoPath[];
  const below = (path: string) => paths.filter((each) => path === '' || each.startsWith(`${path}/`));
  const entryAt = (path: string): Entry | undefined => {
    const content = files[path];
    return content === undefined ? undefined : entryFrom(content);
  };
  const nodeAt = (path: string): PlainNode => {
    return entryAt(path) ?? (below(path).length > 0 ? { kind: 'directory' } : { kind: 'absent' });
  };
  return {
    readEntry: async (path) => nodeAt(path),
    readNames: async (directory) => [
      ...new Set(below(directory).map((path) => path.slice(directory && directory.length + 1).split('/')[0] ?? '')),
    ],
    readFiles: async (path, enters) => {
      if (entryAt(path)) return [path];
      const opened = new Map([[path, true]]);
      for (const directory of directoriesOf(below(path)).filter((each) => each.startsWith(`${path}/`))) {
        opened.set(directory, opened.get(parentOf(directory)) !== false && (await (enters?.(directory) ?? true)));
      }
      for (const [directory, isOpen] of opened) if (isOpen) onOpen(directory);
      return below(path).filter((each) => opened.get(parentOf(each)));
    },
    readAlike: async (one, other) => {
      const [mine, its] = [one, other].map((directory) => {
        return below(directory).map((path) => `${path.slice(directory.length)} ${files[path]}`);
      });
      const isPlain = below(one).every((path) => entryAt(path)?.kind === 'file');
      return mine && its && mine.length > 0 && isPlain && mine.join('\n') === its.join('\n') ? mine.length : undefined;
    },
    readFilesInside: async () => [],
    readHome: async () => undefined,
    readLink: async () => Buffer.from('/elsewhere'),
    readText: async (path) => Buffer.from(files[path] ?? '', 'latin1'),
  };
}

/** Every directory above these paths, the outer ones first. */
function directoriesOf(paths: readonly RepoPath[]): readonly RepoPath[] {
  const found = new Set<RepoPath>();
  for (const path of paths) {
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth += 1) found.add(segments.slice(0, depth).join('/') as RepoPath);
  }
  return [...found];
}

/** The rules of a manifest with these parts. */
export function rulesOf(manifest: object): Rules {
  const source = JSON.stringify({ pairs: [], fix_direction: 'live_to_submodule', ...manifest });
  const parsed = parseManifest(Buffer.from(source));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return buildRules(parsed.manifest);
}

/** The verdict on each file pair of the manifest. */
export function judgeAll(manifest: object, files: Files, rules = rulesOf(manifest)): Promise<readonly Verdict[]> {
  return check(rules, { after: snapshotOf(files) });
}

/** File pairs of `live -> release`, as texts: the name, and the contents of the two sides. */
export function bothSides(files: Readonly<Record<string, readonly [live: string, release: string]>>): Files {
  const entries = Object.entries(files).flatMap(([name, contents]) => {
    return (['live', 'release'] as const).map((side, at) => [pathFromText(`${side}/${name}`), contents[at] ?? '-']);
  });
  return Object.fromEntries(entries.filter(([, content]) => content !== '-'));
}

export const LIVE_RELEASE = { pairs: [{ a: 'live', b: 'release' }] };

/** The report of a full check. */
export async function reportOf(manifest: object, files: Files, touched?: readonly string[]): Promise<CheckReport> {
  const { keys } = rulesOf(manifest);
  const verdicts = await judgeAll(manifest, files);
  const totals = countTotals(keys, verdicts);
  return { exitCode: exitCodeOf(totals), totals, verdicts, touched: touched && new Set(touched.map(pathFromText)) };
}
