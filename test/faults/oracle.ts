// What must hold after a fault: no byte is gone, no file of ours is left over, git is intact.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Repo } from '../support/repo.js';

const STORES = '.git/dos-sync/fixes';

/**
 * Everything below a directory: type, permissions and content, by path. `leave` names directories
 * to ignore.
 */
export function readTree(top: string, leave: readonly string[] = []): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const visit = (directory: Buffer, above: string): void => {
    for (const name of readdirSync(directory, 'buffer')) {
      // One character per byte, so that names that are not UTF-8 stay different.
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

/** The user's state: working files and index entries, with their flags. */
export function readState(repo: Repo): string {
  const files = [...readTree(repo.top, ['.git'])].sort().map(([path, held]) => `${path}: ${held}`);
  return [...files, repo.git('ls-files', '--stage', '-t'), repo.git('ls-files', '-z', '--others')].join('\n');
}

/**
 * Everything in the repository and its git directory, except what varies between runs: times,
 * process ids, random names.
 */
export function digestState(repo: Repo): string {
  const plain = (text: string) =>
    text
      .replace(/\d{8}-\d{6}-\d{3}/g, 'id')
      .replace(/\d+-[0-9a-z]+-\d+(?=$|")/g, 'claim')
      .replace(/tmp_obj_\w+/g, 'tmp');
  const lines = [...readTree(repo.top)].flatMap(([path, held]) => {
    if (path === '.git/index') return [];
    const words = /^\.git\/dos-sync\/.*(?:\.json(?:\.new)?|lock[^/]*)$/.test(path);
    const text = words ? readFileSync(repo.path(path), 'latin1').replace(/"(?:pid|start)":"?\d+/g, '') : held;
    return [`${plain(path)}: ${plain(text)}`];
  });
  // The index file contains inode numbers and times.
  return digest(Buffer.from([...lines.sort(), repo.git('ls-files', '--stage', '-t', '-z')].join('\n')));
}

/** The content of each working file and index entry, which must never be lost. */
export interface Treasure {
  readonly files: ReadonlyMap<string, string>;
  /** The sha256 of each blob in the index, by `path`. */
  readonly blobs: ReadonlyMap<string, string>;
}

export function readTreasure(repo: Repo): Treasure {
  const records = repo.git('ls-files', '-z', '--stage').split('\0').filter(Boolean);
  const entries = records.map((record) => /^\d+ ([0-9a-f]+) \d\t([\s\S]*)$/.exec(record) ?? []);
  const digests = readDigests(repo, [...new Set(entries.map(([, oid = '']) => oid))]);
  const blobs = new Map<string, string>();
  for (const [, oid = '', path = ''] of entries) {
    const held = digests.get(oid);
    if (held !== undefined) blobs.set(path, held);
  }
  return { files: readTree(repo.top, ['.git']), blobs };
}

/**
 * The sha256 of each blob. Empty blobs, such as those of intended entries, have no byte to lose and
 * are left out.
 */
function readDigests(repo: Repo, oids: readonly string[]): ReadonlyMap<string, string> {
  const options = { cwd: repo.top, input: oids.map((oid) => `${oid}\n`).join(''), maxBuffer: 1 << 28 };
  const { stdout } = spawnSync('git', ['cat-file', '--batch'], options);
  const digests = new Map<string, string>();
  for (let at = 0; at < stdout.length; ) {
    const line = stdout.subarray(at, stdout.indexOf('\n', at)).toString('latin1');
    const [, oid = '', size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
    if (size === undefined) throw new Error(`git cat-file: ${line}`);
    const [begin, length] = [at + line.length + 1, Number(size)];
    if (length > 0) digests.set(oid, digest(stdout.subarray(begin, begin + length)));
    at = begin + length + 1;
  }
  return digests;
}

/** What is neither in its place nor in a backup. */
export function findLost(repo: Repo, before: Treasure): string[] {
  const stores = readTree(join(repo.top, STORES));
  const kept = new Set([...stores.values()].map((held) => held.split(' ')[1]));
  for (const held of [...stores.keys()].flatMap((path) => archived(repo, path))) kept.add(held);
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

/** The sha256 of each content in the archive of a backup, by its record. */
function archived(repo: Repo, path: string): string[] {
  if (!path.endsWith('/record.json')) return [];
  const file = join(repo.top, STORES, path);
  const { archived: ranges } = JSON.parse(readFileSync(file, 'utf8')) as {
    archived?: Record<string, [number, number]>;
  };
  if (!ranges) return [];
  const archive = readFileSync(join(file, '..', 'archive'));
  return Object.values(ranges).map(([start, end]) => digest(archive.subarray(start, end)));
}

// The record itself contains a link's target.
function recorded(repo: Repo, path: string): string[] {
  return path.endsWith('record.json') ? [readFileSync(join(repo.top, STORES, path), 'utf8')] : [];
}

/** Our leftovers: locks, journals, temporary files. */
export function findLeft(repo: Repo): string[] {
  const ours = /(?:^|\/)\.dos-sync-\d|\/lock(?:\.|$)|journal\.json|\.new$/;
  const about = [...readTree(repo.top).keys()];
  return about.filter((path) => ours.test(path) && !path.startsWith('.git/objects'));
}

/** The problems that git fsck reports. */
export function findBroken(repo: Repo): string[] {
  const { code, stdout, stderr } = repo.tryGit('fsck', '--no-dangling', '--no-progress');
  return code === 0 ? [] : [`git fsck: ${stdout}${stderr}`];
}
