// Pre-commit fast path: judges the staged changes with the cached manifest; false means "run the
// full check".

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ObjectReader } from '../src/git/objects.js';
import type { Oid } from '../src/git/oid.js';
import { parseQuotedRawDiff } from '../src/git/records.js';
import { type Git, locate } from '../src/git/run.js';
import { canBeSubmodule } from '../src/git/superproject.js';
import { judgeChange } from '../src/judge/judge-change.js';
import { POLICIES } from '../src/judge/policies.js';
import { MANIFEST_PATH } from '../src/manifest/types.js';
import { Fault } from '../src/messages/fault.js';
import { buildRules } from '../src/rules/build.js';
import { DamagedCache } from '../src/rules/cached-manifest.js';
import { readEmptied } from '../src/snapshot/empty.js';
import { readStaged, stagedOf, stagedSnapshot } from '../src/snapshot/staged.js';
import { TreeSnapshot } from '../src/snapshot/tree.js';
import type { Snapshot } from '../src/snapshot/types.js';
import { readCachedManifest } from './cache.js';

export interface FastPathInput {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly seen: SeenBySh | undefined;
}

/** What the hooks' sh has read. */
export interface SeenBySh {
  /**
   * The staged changes, as git prints them without -z; covers the guard's pathspecs and no more.
   */
  readonly changes: string;
  /** The blob of the manifest in HEAD; undefined in a hook that an older dos-sync has installed. */
  readonly manifest: Oid | undefined;
}

/** Verdicts that pass a commit silently. */
const SILENT = new Set(['SYNCED', 'EXCEPTION', 'LIVE_ONLY', 'SUBMODULE_ONLY', 'LINKED']);

/** Thrown if only the full check can decide. */
class Doubt extends Error {}

/**
 * True if the full check would pass the commit silently; false if only the full check can decide.
 */
export async function passesFastPath(input: FastPathInput): Promise<boolean> {
  const gitDir = resolve(input.cwd, input.environment['GIT_DIR'] ?? '.git');
  if (!statSync(gitDir, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (existsSync(join(gitDir, 'MERGE_HEAD')) || mayBeInterrupted(gitDir) || canBeSubmodule({ gitDir })) return false;
  const git = locate(input.cwd);
  const objects = new ObjectReader(git);
  try {
    return await passes(input, gitDir, git, objects);
  } catch (error) {
    // The full check meets the same problem and reports it.
    if (error instanceof Doubt || error instanceof DamagedCache || Fault.is(error)) return false;
    throw error;
  } finally {
    await objects.close().catch((error: unknown) => {
      if (!Fault.is(error)) throw error;
    });
  }
}

/**
 * True if a fix in any worktree may have left a journal: in this git directory, or in the common
 * one of a linked worktree.
 */
function mayBeInterrupted(gitDir: string): boolean {
  return [gitDir, join(gitDir, '..', '..')].some((directory) => {
    const fixes = join(directory, 'dos-sync', 'fixes');
    return existsSync(fixes) && readdirSync(fixes).some((store) => existsSync(join(fixes, store, 'journal.json')));
  });
}

async function passes({ cwd, seen }: FastPathInput, gitDir: string, git: Git, objects: ObjectReader): Promise<boolean> {
  // If both sides of each pair are staged, HEAD is not read, and no git is started.
  let tree: Promise<Oid> | undefined;
  const readTree = () => {
    tree ??= readHeadTree(objects);
    return tree;
  };
  const head = new TreeSnapshot(objects, readTree);
  const before = withoutLinks(head);
  const manifest = seen?.manifest ?? (await readManifestId(before));
  const cached = manifest && readCachedManifest(git, cwd, gitDir, manifest);
  // Without a cache only the full check reads the index.
  if (!cached) return false;
  const staged = seen
    ? stagedOf(parseQuotedRawDiff(seen.changes))
    : await readStaged({ git, headTree: await readTree() });
  if (staged.changes.has(MANIFEST_PATH) || staged.unmerged.length > 0) return false;
  const touched = new Set(staged.changes.keys());
  const after = withoutLinks(stagedSnapshot(objects, head, staged));
  const rules = buildRules(cached.narrow(touched));
  const judged = { change: { after, before }, touched, rules, oldRules: rules };
  const { verdicts } = await judgeChange(judged, POLICIES.commit);
  // safeguard fast-verdicts (R9): the short way passes only what is in sync (e2e/fast-path)
  if (!verdicts.every(({ status }) => SILENT.has(status))) return false;
  return (await readEmptied(rules, after, staged.changes)).length === 0;
}

async function readHeadTree(objects: ObjectReader): Promise<Oid> {
  const tree = await objects.info('HEAD^{tree}');
  if (tree) return tree.oid;
  throw new Doubt('no commit yet');
}

async function readManifestId(head: Snapshot): Promise<Oid | undefined> {
  const manifest = await head.readEntry(MANIFEST_PATH);
  return manifest.kind === 'file' ? manifest.oid : undefined;
}

/**
 * Links and submodules need the full check: the staged paths do not show what a link leads to, and
 * a submodule is another repository.
 */
function withoutLinks(snapshot: Snapshot): Snapshot {
  const refuse = () => Promise.reject(new Doubt('a link or a submodule'));
  return {
    readEntry: async (path) => {
      const node = await snapshot.readEntry(path);
      return node.kind === 'gitlink' || node.kind === 'unread' ? refuse() : node;
    },
    readNames: (directory) => snapshot.readNames(directory),
    readFiles: (path) => snapshot.readFiles(path),
    readHome: (path) => snapshot.readHome(path),
    readText: (path, oid) => snapshot.readText(path, oid),
    readFilesInside: refuse,
    readMoved: refuse,
    readLink: refuse,
  };
}
