// Streams the history with `git log --raw -z`, newest commit first, without a checkout and without
// reading objects.

import { type Oid, parseOid } from './oid.js';
import { pathFromBytes, type RepoPath } from './path.js';
import type { RawChange } from './records.js';
import { type Git, gitFailed, readGit, startGit } from './run.js';

/** One commit, and its changes against its first parent (all files if it has none here). */
export interface Commit {
  readonly oid: Oid;
  readonly tree: Oid;
  /** Empty for a root commit, and for the last commit of a shallow clone. */
  readonly parents: readonly Oid[];
  /** After .mailmap. */
  readonly author: string;
  readonly email: string;
  /** Author date, in seconds since 1970. */
  readonly time: number;
  readonly subject: string;
  readonly changes: readonly RawChange[];
}

/** Which commits to read, in git's order, newest first. */
export interface HistoryWalk {
  readonly tip: Oid;
  /** These commits and their ancestors are left out. */
  readonly excluded: readonly Oid[];
  readonly firstParent: boolean;
  /** Skips `skip` commits, then reads at most `count`. */
  readonly part?: { readonly skip: number; readonly count: number };
  /** Limits the stream to these directories or files. Use only a few: each one slows git down. */
  readonly roots?: readonly RepoPath[];
}

// Each option overrides a user setting or one of .gitmodules that would change the output.
const FIXED_FORM = [
  '--diff-merges=first-parent',
  '--raw',
  '-z',
  '--root',
  '--no-abbrev',
  '--no-renames',
  '--no-show-signature',
  '--ignore-submodules=none',
  '--encoding=UTF-8',
  '--format=tformat:%H%n%T%n%P%n%aN%n%aE%n%at%n%s',
];

function selection({ tip, excluded, firstParent }: HistoryWalk): string[] {
  return [...(firstParent ? ['--first-parent'] : []), tip, ...excluded.map((oid) => `^${oid}`)];
}

/** The number of commits in the walk, whatever its part. */
export async function countCommits(git: Git, walk: HistoryWalk): Promise<number> {
  return Number((await readGit(git, ['rev-list', '--count', ...selection(walk), '--'])).toString('latin1').trim());
}

/**
 * Yields one commit at a time and keeps only that one in memory. @throws Fault `git` with git's
 * message.
 */
export async function* readHistory(git: Git, walk: HistoryWalk): AsyncGenerator<Commit> {
  const part = walk.part ? [`--skip=${walk.part.skip}`, `--max-count=${walk.part.count}`] : [];
  const roots = walk.roots?.map((path) => Buffer.from(path, 'latin1').toString('utf8')) ?? [];
  const args = ['--literal-pathspecs', 'log', ...FIXED_FORM, ...part, ...selection(walk), '--', ...roots];
  const child = startGit(git, args);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== null) stderr += `killed by ${signal}`;
      resolve(code ?? 128);
    });
  });
  const parser = new HistoryParser();
  let finished = false;
  try {
    for await (const chunk of child.stdout) yield* parser.feed(chunk as Buffer);
    finished = true;
  } finally {
    // The caller may leave the loop early; git would then block on its pipe.
    if (!finished) child.kill();
  }
  const code = await ended;
  if (code !== 0) throw gitFailed(['log'], { code, stderr });
  yield* parser.end();
}

const NUL = 0;
const NEWLINE = 0x0a;
const COLON = 0x3a;

/** Parses the stream in chunks, which may end anywhere. */
class HistoryParser {
  #rest: Buffer = Buffer.alloc(0);
  /** The raw record whose path follows. */
  #fields: string | undefined;
  #head: Omit<Commit, 'changes'> | undefined;
  #changes: RawChange[] = [];

  *feed(chunk: Buffer): Generator<Commit> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NUL); end >= 0; end = bytes.indexOf(NUL, start)) {
      yield* this.#take(bytes.subarray(start, end));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
  }

  *end(): Generator<Commit> {
    if (this.#head) yield { ...this.#head, changes: this.#changes };
    this.#head = undefined;
  }

  *#take(record: Buffer): Generator<Commit> {
    if (this.#fields !== undefined) {
      this.#changes.push(parseChange(this.#fields, pathFromBytes(record)));
      this.#fields = undefined;
      return;
    }
    // A newline separates a commit's head from its first record.
    const start = record[0] === NEWLINE ? 1 : 0;
    if (record[start] === COLON) {
      this.#fields = record.toString('latin1', start + 1);
      return;
    }
    yield* this.end();
    this.#head = parseHead(record);
    this.#changes = [];
  }
}

function parseChange(fields: string, path: RepoPath): RawChange {
  const [modeBefore = '', modeAfter = '', oidBefore = '', oidAfter = '', status = ''] = fields.split(' ');
  return {
    path,
    before: { mode: modeBefore, oid: parseOid(oidBefore) },
    after: { mode: modeAfter, oid: parseOid(oidAfter) },
    status: status.charAt(0),
  };
}

function parseHead(record: Buffer): Omit<Commit, 'changes'> {
  const [oid = '', tree = '', parents = '', author = '', email = '', time = '', ...subject] = record
    .toString('utf8')
    .split('\n');
  return {
    oid: parseOid(oid),
    tree: parseOid(tree),
    parents: parents === '' ? [] : parents.split(' ').map(parseOid),
    author,
    email,
    time: Number(time),
    subject: subject.join('\n'),
  };
}
