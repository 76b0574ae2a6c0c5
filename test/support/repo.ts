// A real repository in a temporary directory, with hooks installed, isolated from this machine's
// git.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const CLI = resolve('dist/cli.js');

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const HOOKS = ['pre-commit', 'pre-merge-commit', 'pre-push'];

export class Repo {
  readonly top: string;
  /** Added to the environment of every command. */
  readonly env: Record<string, string> = {};

  /** `from`: another repository to copy. `top`: its path. */
  constructor(options: readonly string[] = [], from?: Repo, top?: string) {
    this.top = top ?? mkdtempSync(join(tmpdir(), 'repo-'));
    if (from) cpSync(from.top, this.top, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    else this.git('init', '-q', ...options, '.');
  }

  /** A copy with its hooks: far cheaper than building the same again. */
  copy(top?: string): Repo {
    return new Repo([], this, top);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.top, name);
  }

  write(name: string, content: string): this {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    return this;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  exists(name: string): boolean {
    return existsSync(this.path(name));
  }

  delete(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  manifest(manifest: object): this {
    const complete = { fix_direction: 'live_to_submodule', ...manifest };
    return this.write('.dos-sync-manifest.json', `${JSON.stringify(complete, null, 2)}\n`);
  }

  /** Installs hooks that start the built program, as `install` would. */
  hooks(): this {
    for (const hook of HOOKS) {
      const file = this.path(`.git/hooks/${hook}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' hook ${hook} "$@"\n`);
      chmodSync(file, 0o755);
    }
    return this;
  }

  /** Runs a program in the repository, in a separate session: there is no terminal for prompts. */
  run(program: string, args: readonly string[], { cwd = '.', input = '' } = {}): Result {
    const env = { ...process.env, ...this.env };
    const options = { cwd: this.path(cwd), env, input, encoding: 'utf8' as const };
    // spawnSync has no `detached`; setsid also detaches from the terminal.
    const result = spawnSync('setsid', ['--wait', program, ...args], options);
    return { code: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
  }

  tryGit(...args: string[]): Result {
    return this.run('git', args);
  }

  /** @returns stdout. @throws if git fails. */
  git(...args: string[]): string {
    const { code, stdout, stderr } = this.tryGit(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  dosSync(...args: string[]): Result {
    return this.run(process.execPath, [CLI, ...args]);
  }

  /** Commits everything without the hooks, as the starting point of a test. */
  settle(message = 'settled'): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--no-verify', '--allow-empty', '-m', message);
  }

  /** The content of a path in the index or in a commit. */
  show(spec: string): string {
    return this.git('show', spec);
  }

  /** Everything that a command could have written: the files, and the index. */
  state(): string {
    const files = this.git('ls-files', '-z', '--cached', '--others').split('\0').filter(Boolean);
    const contents = [...new Set(files)].map((name) => {
      const stat = lstatSync(this.path(name), { throwIfNoEntry: false });
      const file = stat?.isFile() ? readFileSync(this.path(name), 'hex') : undefined;
      return `${name}: ${stat?.mode} ${file ?? (stat?.isSymbolicLink() ? readlinkSync(this.path(name)) : '')}`;
    });
    return [this.git('ls-files', '--stage', '-t'), ...contents].join('\n');
  }

  status(): string {
    return this.git('status', '--porcelain');
  }
}

/** live/ and release/ as a pair, equal and committed. */
export function pairedRepo(): Repo {
  const repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/skill.md', 'one\n').write('release/skill.md', 'one\n').write('readme.md', 'hello\n');
  repo.settle();
  return repo.hooks();
}
