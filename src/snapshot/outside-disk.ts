// The files of outside places on the disk, never reached through a symlink below a root.

import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { composedName } from '../disk/system.js';
import { bytesOf, joinPath, type RepoPath, textOf } from '../git/path.js';
import { notAFileOrDirectory } from '../messages/disk.js';
import { Fault } from '../messages/fault.js';
import { sayLinkBelow } from '../messages/trust.js';
import { realPathOf } from './consent.js';

export class OutsideDisk {
  readonly home: string;
  readonly #roots: readonly RepoPath[];

  constructor(home: string, roots: readonly RepoPath[]) {
    this.home = home;
    this.#roots = roots;
  }

  diskPath(path: RepoPath): Buffer {
    return Buffer.concat([Buffer.from(this.home), bytesOf(path.slice(1) as RepoPath)]);
  }

  rootOf(path: RepoPath): RepoPath {
    const covering = this.#roots.filter((root) => path === root || path.startsWith(`${root}/`));
    return covering.sort((one, other) => other.length - one.length)[0] ?? path;
  }

  /** As find. @throws Fault `disk` also for a symlink above the path. */
  look(path: RepoPath): Stats | undefined {
    const { stat, through } = this.find(path);
    if (through !== undefined) throw linkBelow(through);
    return stat;
  }

  /**
   * lstat of every component from the root to a symlink: `through`. @throws Fault `disk` for a
   * FIFO, socket or device.
   */
  find(path: RepoPath): { readonly stat?: Stats | undefined; readonly through?: RepoPath } {
    const root = this.rootOf(path);
    // The consent covers the root's real path, so links in the root itself are resolved.
    let disk = Buffer.from(realPathOf(this.home, root) ?? '');
    const below = path
      .slice(root.length + 1)
      .split('/')
      .filter((name) => name !== '');
    let stat = lstatSync(disk, { throwIfNoEntry: false });
    for (const [at, name] of below.entries()) {
      if (stat && !isPlain(stat)) throw notAFile(joinPath(root, below.slice(0, at).join('/') as RepoPath));
      if (stat?.isSymbolicLink()) return { through: joinPath(root, below.slice(0, at).join('/') as RepoPath) };
      if (!stat?.isDirectory()) return {};
      disk = Buffer.concat([disk, Buffer.from('/'), Buffer.from(name, 'latin1')]);
      stat = lstatSync(disk, { throwIfNoEntry: false });
    }
    if (stat && !isPlain(stat)) throw notAFile(path);
    return { stat };
  }

  /**
   * Opens the file only if it is still the one that was found. The caller closes it. @throws Fault
   * `disk`.
   */
  openFile(path: RepoPath): number {
    this.look(path);
    const file = openSync(this.diskPath(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
    throw notAFile(path);
  }

  readLink(path: RepoPath): Buffer {
    return readlinkSync(this.diskPath(path), 'buffer');
  }

  namesIn(directory: RepoPath): string[] {
    const names = readdirSync(this.diskPath(directory), { encoding: 'buffer' }) as unknown as Buffer[];
    // A live folder may be a git repository; its .git directory is not content.
    return names.map((name) => composedName(name).toString('latin1')).filter((name) => name.toLowerCase() !== '.git');
  }

  filesBelow(directory: RepoPath): RepoPath[] {
    return this.namesIn(directory).flatMap((name) => {
      const path = joinPath(directory, name as RepoPath);
      return this.look(path)?.isDirectory() ? this.filesBelow(path) : [path];
    });
  }
}

function isPlain(stat: Stats): boolean {
  return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
}

function linkBelow(path: RepoPath): Fault {
  return new Fault(
    'disk',
    sayLinkBelow(textOf(path)),
    'put a real directory there, or pair the path that it points to',
  );
}

function notAFile(path: RepoPath): Fault {
  return notAFileOrDirectory(textOf(path));
}
