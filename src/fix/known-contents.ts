// Records contents that a pair had in common, and unfinished merges. They only allow more fixes;
// verdicts ignore them.

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceDurably } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import { canBelieve } from '../disk/owner.js';
import type { RepoPath } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import type { Verdict } from '../judge/types.js';
import { opposite } from '../manifest/direction.js';
import { isOutside } from '../manifest/outside.js';
import { type KnownContents, type KnownPair, type MergeLeft, type State, stateOf } from '../resolve/known.js';
import type { Merge } from '../resolve/merge.js';
import type { Edge, PathStatuses, Step } from '../resolve/types.js';
import type { FilePair } from '../rules/types.js';
import { configurationDirectory, identityOf } from '../snapshot/consent.js';
import type { Snapshot } from '../snapshot/types.js';
import { makeDirectory, storeOf } from './store.js';

type Ends = Pick<FilePair, 'a' | 'b'>;
type Pairs = Map<string, KnownPair>;

/** How many contents are kept for a pair, and for how many pairs. */
const MOST_STATES = 20;
const MOST_PAIRS = 50_000;
const LARGEST = 32 * 1024 * 1024;

const NOTHING: KnownPair = { equal: [] };

/** All recorded contents. A damaged or foreign file counts as absent. */
export function readKnown(repository: Repository): KnownContents {
  const inside = read(repository, fileInside(repository));
  let outside: Pairs | undefined;
  return {
    of: (pair) => {
      if (!reachesOutside(pair)) return inside.get(keyOf(pair)) ?? NOTHING;
      outside ??= read(repository, fileOutside(repository));
      return outside.get(keyOf(pair)) ?? NOTHING;
    },
  };
}

/** Records that both sides of these pairs have this content now. */
function recordEqual(repository: Repository, seen: readonly (readonly [Ends, State])[]): void {
  update(repository, seen, ({ equal }, [, state]) => {
    return equal[0] === state ? undefined : { equal: withNewest(equal, state) };
  });
}

/**
 * Records the synced pairs whose history is incomplete: outside the repository there is none, and a
 * submodule's can be shallow.
 */
export async function recordInSync(
  repository: Repository,
  after: Snapshot,
  verdicts: readonly Verdict[],
): Promise<void> {
  const mayBeInside = existsSync(join(repository.commonDir, 'modules'));
  const seen: [Ends, State][] = [];
  for (const { pair, status, a, compared } of verdicts) {
    if (status !== 'SYNCED' || pair.a === null || pair.b === null || a.kind === 'absent') continue;
    const isInside = async (path: RepoPath) => mayBeInside && (await after.readHome(path)) !== undefined;
    if (reachesOutside(pair) || (await isInside(pair.a)) || (await isInside(pair.b)))
      seen.push([pair, stateOf(compared?.a ?? a)]);
  }
  recordEqual(repository, seen);
}

/** Records what a fix has copied: until undo, that content is not a user's edit. */
export function recordCopies(repository: Repository, steps: readonly Step[]): void {
  const copies = steps.filter(({ path, from, entry }) => path !== from && entry.kind !== 'absent');
  recordEqual(
    repository,
    copies.map(({ path, from, entry, compared }) => [{ a: from, b: path }, stateOf(compared ?? entry)]),
  );
}

/** Removes what {@link recordCopies} recorded for the fix that is undone. */
export function forgetCopies(repository: Repository, isUndone: (path: RepoPath) => boolean): void {
  for (const file of [fileInside(repository), fileOutside(repository)]) {
    const pairs = read(repository, file);
    const concerned = [...pairs].filter(([key]) => key.split('\0').some((path) => isUndone(path as RepoPath)));
    for (const [key, { equal }] of concerned) pairs.set(key, { equal: equal.slice(1) });
    if (concerned.length > 0) write(repository, file, pairs);
  }
}

/**
 * Records the inputs of a merge with conflicts: the user's resolution counts as containing both.
 */
export function recordMarkers(
  repository: Repository,
  edges: readonly Edge[],
  { conflicts, entry }: Merge,
  statuses: PathStatuses,
): void {
  const conflicting = edges.filter(({ target }) => conflicts.includes(target));
  const facts = conflicting.map(({ target, verdict, side }): [Ends, MergeLeft] => {
    const index = statuses.get(target)?.index;
    const copy = { copy: stateOf(verdict[side]), ...(index && { copyStaged: stateOf(index) }) };
    return [verdict.pair, { ...copy, source: stateOf(verdict[opposite(side)]), marked: stateOf(entry) }];
  });
  update(repository, facts, ({ equal }, [, merged]) => ({ equal, merged }));
}

function withNewest(equal: readonly State[], state: State): readonly State[] {
  return [state, ...equal.filter((other) => other !== state)].slice(0, MOST_STATES);
}

function update<Fact extends readonly [Ends, unknown]>(
  repository: Repository,
  facts: readonly Fact[],
  change: (known: KnownPair, fact: Fact) => KnownPair | undefined,
): void {
  for (const [file, some] of [
    [fileInside(repository), facts.filter(([pair]) => !reachesOutside(pair))],
    [fileOutside(repository), facts.filter(([pair]) => reachesOutside(pair))],
  ] as const) {
    if (some.length === 0) continue;
    const pairs = read(repository, file);
    let changed = false;
    for (const fact of some) {
      const key = keyOf(fact[0]);
      const next = change(pairs.get(key) ?? NOTHING, fact);
      if (!next) continue;
      pairs.delete(key);
      pairs.set(key, next);
      changed = true;
    }
    if (changed) write(repository, file, pairs);
  }
}

/** The same key whichever side is the source. */
function keyOf({ a, b }: Ends): string {
  return [a ?? '', b ?? ''].sort().join('\0');
}

function reachesOutside({ a, b }: Ends): boolean {
  return [a, b].some((path) => path !== null && isOutside(path));
}

function fileInside(repository: Repository): string {
  return join(storeOf(repository).root, 'known-contents.json');
}

/** Stored beside the consents: repository content must not decide what is overwritten outside. */
function fileOutside(repository: Repository): string {
  const { path, inode } = identityOf(repository);
  const name = createHash('sha256').update(`${path}\0${inode}`).digest('hex').slice(0, 32);
  return join(configurationDirectory(process.env), 'known-contents', `${name}.json`);
}

function read(repository: Repository, file: string): Pairs {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > LARGEST) return new Map();
  const isInside = file === fileInside(repository);
  // safeguard foreign-contents (T23): another user's list is not read (e2e/foreign-files: contents)
  if (!canBelieve(file, isInside ? storeOf(repository).sharedWith : undefined)) return new Map();
  try {
    const { version, pairs } = Object(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>;
    const entries = Object.entries(Object(pairs) as Record<string, unknown>);
    return new Map(version === 1 ? entries.flatMap(([key, value]) => (isKnown(value) ? [[key, value]] : [])) : []);
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function isKnown(value: unknown): value is KnownPair {
  const { equal, merged } = Object(value) as Record<string, unknown>;
  const texts = (values: readonly unknown[]) => values.every((each) => typeof each === 'string');
  if (!Array.isArray(equal) || !texts(equal)) return false;
  const { source, copy, copyStaged = '', marked } = Object(merged) as Record<string, unknown>;
  return merged === undefined || texts([source, copy, copyStaged, marked]);
}

/** Atomic. If the write fails or is lost in a crash, a fix only asks once more. */
function write(repository: Repository, file: string, pairs: Pairs): void {
  try {
    replace(repository, file, pairs);
  } catch (error) {
    // A full or read-only disk must not make a check fail.
    if (errorCode(error) === undefined) throw error;
  }
}

function replace(repository: Repository, file: string, pairs: Pairs): void {
  const kept = [...pairs].slice(-MOST_PAIRS);
  const store = storeOf(repository);
  const inside = file === fileInside(repository);
  if (inside) makeDirectory(store, store.root);
  else mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Two checks can write at once, so each uses a temporary name.
  const text = `${JSON.stringify({ version: 1, pairs: Object.fromEntries(kept) })}\n`;
  replaceDurably(file, text, inside ? store.fileMode : 0o600, `${file}.${process.pid}`);
}
