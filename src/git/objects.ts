// Reads the objects of a repository and of its submodules.

import { CatFile, type GitObject, type Sink } from './cat-file.js';
import type { RepoPath } from './path.js';
import type { Repository } from './repository.js';
import { type Git, readGit } from './run.js';
import { findSubmodule, type SubmoduleLack } from './submodules.js';

/** The store of a submodule, or why there is none. */
export type SubmoduleStore =
  | { readonly kind: 'ready'; readonly repository: Repository; readonly objects: ObjectReader }
  | { readonly kind: 'lacking'; readonly lack: SubmoduleLack };

/** Reads objects by name: `<oid>`, or `<tree oid>:<path>` in bytes. */
export class ObjectReader {
  readonly #git: Git;
  readonly #catFile: CatFile;
  readonly #submodules = new Map<RepoPath, Promise<SubmoduleStore>>();

  constructor(git: Git) {
    this.#git = git;
    this.#catFile = new CatFile(git);
  }

  /** The object without its content; undefined if it is not in the store. */
  info(name: string): Promise<GitObject | undefined> {
    return this.#catFile.ask('info', name, undefined);
  }

  /** The object with its content; undefined if it is not in the store. */
  async contents(name: string): Promise<(GitObject & { readonly content: Buffer }) | undefined> {
    const chunks: Buffer[] = [];
    const object = await this.stream(name, (chunk) => chunks.push(chunk));
    return object && { ...object, content: Buffer.concat(chunks) };
  }

  /** Passes the object's content to `sink`; undefined if it is not in the store. */
  stream(name: string, sink: Sink): Promise<GitObject | undefined> {
    return this.#catFile.ask('contents', name, sink);
  }

  /** True in a partial clone: an object that is not local may be at the remote. */
  async isPartial(): Promise<boolean> {
    const args = ['config', '--get-regexp', '^remote\\..*\\.promisor$'];
    return (await readGit(this.#git, args, undefined, [0, 1])).length > 0;
  }

  /**
   * The store of the submodule that is checked out at this gitlink, opened once. @throws Fault as
   * findSubmodule.
   */
  submodule(at: RepoPath): Promise<SubmoduleStore> {
    const known = this.#submodules.get(at) ?? this.#openSubmodule(at);
    this.#submodules.set(at, known);
    return known;
  }

  async #openSubmodule(at: RepoPath): Promise<SubmoduleStore> {
    const found = await findSubmodule(this.#git, at);
    if (found.kind === 'lacking') return found;
    return { ...found, objects: new ObjectReader(found.repository.git) };
  }

  /** Ends the process, and those of the submodules. @throws Fault `git` if git failed. */
  async close(): Promise<void> {
    await this.#catFile.close();
    for (const opened of await Promise.allSettled(this.#submodules.values())) {
      // A submodule that could not be opened was reported to its caller.
      if (opened.status === 'fulfilled' && opened.value.kind === 'ready') await opened.value.objects.close();
    }
  }
}
