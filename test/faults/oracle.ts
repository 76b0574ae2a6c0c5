// What must hold after a fault: no byte is gone, nothing of ours is left about, git is in order.

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Repo } from '../support/repo.js';

const STORES = '.git/dos-sync/fixes';

/** Everything below a directory: type, permissions and content, by path. `leave` names directories that do not count. */
export function readTree(top: string, leave: readonly string[] = []): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const visit = (directory: Buffer, above: string): void => {
    for (const name of readdirSync(directory, 'buffer')) {
      // One character per byte, so that names which are not UTF-8 stay apart.
      const shown = `${above}${name.toString('latin1')}`;
      const path = Buffer.concat([directory, Buffer.from('/'), name]);
      const stat = lstatSync(path);
      if (leave.includes(shown)) continue;
      if (stat.isDirectory()) visit(path, `${shown}/`);
      else if (stat.isSymbolicLink()) tree.set(shown, `link ${readlinkSync(path)}`);
      else tree.set(shown, `${(stat.mode & 0o777).toString(8)} ${digest(readFileSync(path))}`);
    }
  };
  if (existsSync(top)) visit(Buffer.from(top), '');
  return tree;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The state that a person cares for: working files and index entries, with their flags. */
export function readState(repo: Repo): string {
  const files = [...readTree(repo.top, ['.git'])].sort().map(([path, held]) => `${path}: ${held}`);
  return [...files, repo.git('ls-files', '--stage', '-t'), repo.git('ls-files', '-z', '--others')].join('\n');
}

/** The content of each working file and of each index entry: what must never be gone. */
export interface Treasure {
  readonly files: ReadonlyMap<string, string>;
  /** The sha256 of each blob that the index names, by `path`. */
  readonly blobs: ReadonlyMap<string, string>;
}

export function readTreasure(repo: Repo): Treasure {
  const blobs = new Map<string, string>();
  const empty = repo.run('git', ['hash-object', '--stdin']).stdout.trim();
  for (const record of repo.git('ls-files', '-z', '--stage').split('\0').filter(Boolean)) {
    const [, oid = '', path = ''] = /^\d+ ([0-9a-f]+) \d\t([\s\S]*)$/.exec(record) ?? [];
    // An empty blob, such as an intended entry's, holds no byte that could be lost.
    if (oid !== empty) blobs.set(path, digest(Buffer.from(repo.git('cat-file', 'blob', oid), 'utf8')));
  }
  return { files: readTree(repo.top, ['.git']), blobs };
}

/** What is neither in its place nor in a backup. */
export function findLost(repo: Repo, before: Treasure): string[] {
  const kept = new Set([...readTree(join(repo.top, STORES)).values()].map((held) => held.split(' ')[1]));
  const links = JSON.stringify([...readTree(join(repo.top, STORES)).keys()].flatMap((path) => recorded(repo, path)));
  const now = readTreasure(repo);
  const lost: string[] = [];
  for (const [path, held] of before.files) {
    const target = held.startsWith('link ') ? held.slice('link '.length) : undefined;
    const safe =
      target === undefined ? kept.has(held.split(' ')[1]) : links.includes(JSON.stringify(target).slice(1, -1));
    if (now.files.get(path) !== held && !safe) lost.push(`working file ${path}`);
  }
  for (const [path, held] of before.blobs) {
    if (now.blobs.get(path) !== held && !kept.has(held)) lost.push(`index entry ${path}`);
  }
  return lost;
}

// A link's target is in the record itself.
function recorded(repo: Repo, path: string): string[] {
  return path.endsWith('record.json') ? [readFileSync(join(repo.top, STORES, path), 'utf8')] : [];
}

/** What of ours is still about: locks, journals, half-made files. */
export function findLeft(repo: Repo): string[] {
  const ours = /(?:^|\/)\.dos-sync-\d|\/lock(?:\.|$)|journal\.json|\.new$/;
  const about = [...readTree(repo.top).keys()];
  return about.filter((path) => ours.test(path) && !path.startsWith('.git/objects'));
}

/** What git fsck says is wrong. */
export function findBroken(repo: Repo): string[] {
  const { code, stdout, stderr } = repo.tryGit('fsck', '--no-dangling', '--no-progress');
  return code === 0 ? [] : [`git fsck: ${stdout}${stderr}`];
}
