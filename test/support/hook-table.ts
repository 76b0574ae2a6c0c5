// The hook table: each way to make or move commits, run in a real checkout with installed hooks,
// and the observations.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CLI, type Result } from './repo.js';
import { preReceive } from './server.js';

export type PlaceName = 'main checkout' | 'linked worktree' | 'inside a submodule';
export const PLACES: readonly PlaceName[] = ['main checkout', 'linked worktree', 'inside a submodule'];

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const LINES = Array.from({ length: 12 }, (_, at) => `${at}\n`);

/** A checkout with installed hooks, and a remote with its first commit. */
export class Place {
  readonly #root = mkdtempSync(join(tmpdir(), 'place-'));
  readonly #trace = join(this.#root, 'trace');
  readonly top: string;
  /** The output of the install. */
  readonly installed: Result;
  readonly base: string;
  #runs = 0;

  constructor(name: PlaceName) {
    const first = join(this.#root, 'first');
    mkdirSync(first);
    this.top = first;
    this.git('init', '-q', '.');
    const manifest = { pairs: [{ a: 'live', b: 'release' }], fix_direction: 'live_to_submodule' };
    this.write('.dos-sync-manifest.json', `${JSON.stringify(manifest)}\n`);
    this.write(LIVE, LINES.join('')).write(RELEASE, LINES.join('')).write('readme.md', 'hello\n').settle();
    this.git('clone', '-q', '--bare', '.', '../remote.git');
    this.git('clone', '-q', '--bare', '.', '../guarded.git');
    writeFileSync(join(this.#root, 'guarded.git/hooks/pre-receive'), preReceive(), { mode: 0o755 });
    this.git('remote', 'add', 'origin', join(this.#root, 'remote.git'));
    this.git('fetch', '-q', 'origin');
    this.top = this.#enter(name);
    this.installed = this.run(process.execPath, [CLI, 'install']);
    this.base = this.git('rev-parse', 'HEAD').trim();
  }

  #enter(name: PlaceName): string {
    const linked = join(this.#root, 'linked');
    switch (name) {
      case 'main checkout':
        return this.top;
      case 'linked worktree':
        this.git('worktree', 'add', '-q', '--detach', linked);
        return linked;
      case 'inside a submodule':
        this.git('init', '-q', linked);
        this.git('-C', linked, 'submodule', '--quiet', 'add', join(this.#root, 'remote.git'), 'sub');
        this.git('-C', linked, 'commit', '-q', '-m', 'a submodule');
        return join(linked, 'sub');
    }
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  run(program: string, args: readonly string[], input = '', env: Record<string, string> = {}): Result {
    const done = spawnSync(program, args, { cwd: this.top, input, encoding: 'utf8', env: { ...process.env, ...env } });
    return { code: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
  }

  /** @throws if git fails. */
  git(...args: string[]): string {
    const { code, stdout, stderr } = this.run('git', args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  write(name: string, content: string): this {
    mkdirSync(dirname(join(this.top, name)), { recursive: true });
    writeFileSync(join(this.top, name), content);
    return this;
  }

  /** Commits everything, past the hooks. */
  settle(): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--no-verify', '-m', 'settled');
  }

  /** Changes one line of the live side and, unless `apart`, of its copy. */
  edit(apart: boolean, line = 0): void {
    for (const name of apart ? [LIVE] : [LIVE, RELEASE]) {
      const lines = readFileSync(join(this.top, name), 'utf8').split('\n');
      lines[line] = `edited ${line}`;
      this.write(name, lines.join('\n'));
    }
  }

  /** Makes a new branch with one commit by `work`, then returns to the start. */
  aside(work: () => void): string {
    const back = this.git('rev-parse', 'HEAD').trim();
    this.git('checkout', '-q', '--detach');
    work();
    this.settle();
    const commit = this.git('rev-parse', 'HEAD').trim();
    this.git('checkout', '-q', '-B', `work-${this.#runs}`, back);
    return commit;
  }

  /** Returns to the first commit, on a new branch. */
  start(): void {
    this.#runs += 1;
    this.git('reset', '-q', '--hard');
    this.git('checkout', '-q', '-f', '-B', `work-${this.#runs}`, this.base);
  }

  /** Runs git with its trace enabled. */
  watch(args: readonly string[], input = '', env: Record<string, string> = {}): Watched {
    const [before, tree = ''] = this.git('rev-parse', 'HEAD', 'HEAD^{tree}').split('\n');
    rmSync(this.#trace, { force: true });
    const watched = {
      GIT_TRACE2_EVENT: this.#trace,
      GIT_TRACE2_ENV_VARS: 'GIT_INDEX_FILE',
      GIT_EDITOR: 'true',
      ...env,
    };
    const result = this.run('git', args, input, watched);
    const moved = this.git('rev-parse', 'HEAD').trim() !== before;
    return { ...result, moved, trace: readTrace(readFileSync(this.#trace, 'utf8'), tree) };
  }

  push(): Watched {
    return this.watch(['push', '-q', 'origin', `HEAD:refs/heads/run-${this.#runs}`]);
  }

  /** Pushes, without the local hook, to a repository with templates/pre-receive. */
  pushToGuarded(): Watched {
    const remote = join(this.#root, 'guarded.git');
    return this.watch(['push', '-q', '--no-verify', remote, `HEAD:refs/heads/run-${this.#runs}`]);
  }
}

/** A command, with its git trace, and whether HEAD moved. */
export interface Watched extends Result {
  readonly trace: Trace;
  readonly moved: boolean;
}

/** The hooks that git ran, according to its trace. */
interface Trace {
  readonly hooks: readonly string[];
  /**
   * The index that our hook read, by its file name, and what it was compared with; empty for none.
   */
  readonly judged: string;
}

interface TraceEvent {
  readonly event: string;
  readonly sid: string;
  readonly child_class?: string;
  readonly hook_name?: string;
  readonly argv?: readonly string[];
  readonly param?: string;
  readonly value?: string;
}

const OURS = ['pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive'];

/** `tree`: HEAD's tree before the command. */
function readTrace(text: string, tree: string): Trace {
  const events = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TraceEvent);
  const hooks = events.filter(({ child_class, hook_name }) => child_class === 'hook' && OURS.includes(hook_name ?? ''));
  const index = events.find(({ event, argv }) => {
    return event === 'start' && argv?.includes('diff-index') && argv.includes('--cached');
  });
  const names = [...new Set(hooks.map(({ hook_name }) => hook_name ?? ''))];
  const judged = index ? `${nameIndex(events, index)} against ${nameTree(index, tree)}` : namePush(events, names);
  return { hooks: names, judged };
}

/** Recognised by the requests that only our hooks make: git's walks have another form. */
function namePush(events: readonly TraceEvent[], hooks: readonly string[]): string {
  const asks = (...words: string[]) =>
    events.some(({ event, argv }) => event === 'start' && words.every((word) => argv?.includes(word)));
  if (!asks('diff-tree', '--stdin', '--raw')) return '';
  if (hooks.includes('pre-receive')) return 'the ref as it was and as it comes';
  return asks('rev-list', '--parents', '--topo-order') ? 'the commits that the remote has not' : '';
}

function nameIndex(events: readonly TraceEvent[], { sid }: TraceEvent): string {
  const told = events.find((each) => each.event === 'def_param' && each.sid === sid && each.param === 'GIT_INDEX_FILE');
  return `\`${told?.value?.replace(/^.*\//, '').replace(/\d+/, 'PID') ?? 'index'}\``;
}

function nameTree({ argv = [] }: TraceEvent, tree: string): string {
  return argv.includes('HEAD') || argv.includes(tree) ? 'HEAD' : 'another tree';
}

/** One way to make or move commits. */
export interface CommitForm {
  readonly name: string;
  /** What blocks a commit that leaves a pair out of sync. */
  readonly caught: 'hook' | 'push' | 'nothing to catch';
  /** Runs everything; `apart`: only one side is changed. The last result is the command's. */
  readonly run: (place: Place, apart: boolean) => Watched;
}

const changed = (apart: boolean): string[] => (apart ? [LIVE] : [LIVE, RELEASE]);

function staged(place: Place, apart: boolean): void {
  place.edit(apart);
  place.git('add', '-A');
}

/** Leaves the readme in conflict, but not the pair. */
function conflict(place: Place, command: string, apart: boolean) {
  const other = place.aside(() => place.write('readme.md', 'theirs\n'));
  place.write('readme.md', 'ours\n').settle();
  place.run('git', [command, other]);
  place.write('readme.md', 'both\n');
  staged(place, apart);
}

export const FORMS: readonly CommitForm[] = [
  {
    name: '`git commit`',
    caught: 'hook',
    run: (place, apart) => {
      staged(place, apart);
      return place.watch(['commit', '-q', '-m', 'x']);
    },
  },
  {
    name: '`git commit -a`',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(apart);
      return place.watch(['commit', '-q', '-a', '-m', 'x']);
    },
  },
  {
    name: '`git commit -i` paths',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(false);
      return place.watch(['commit', '-q', '-m', 'x', '-i', ...changed(apart)]);
    },
  },
  {
    name: '`git commit -p`',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(false);
      return place.watch(['commit', '-q', '-m', 'x', '-p'], apart ? 'y\nn\n' : 'y\ny\n');
    },
  },
  {
    name: '`git commit --only` paths',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(false);
      return place.watch(['commit', '-q', '-m', 'x', '--only', ...changed(apart)]);
    },
  },
  {
    name: '`git commit --amend`',
    caught: 'hook',
    run: (place, apart) => {
      place.write('readme.md', 'two\n').settle();
      staged(place, apart);
      return place.watch(['commit', '-q', '--amend', '--no-edit']);
    },
  },
  {
    name: '`git commit --fixup`',
    caught: 'hook',
    run: (place, apart) => {
      staged(place, apart);
      return place.watch(['commit', '-q', '--fixup=HEAD']);
    },
  },
  {
    name: '`git commit --no-verify`',
    caught: 'push',
    run: (place, apart) => {
      staged(place, apart);
      return place.watch(['commit', '-q', '--no-verify', '-m', 'x']);
    },
  },
  {
    name: '`git merge`, clean',
    caught: 'hook',
    run: (place, apart) => {
      // Each branch changes a different line, so the result equals neither.
      const side = place.aside(() => place.edit(apart, 0));
      place.edit(apart, 11);
      place.settle();
      return place.watch(['merge', '-q', '--no-edit', side]);
    },
  },
  {
    name: '`git merge`, clean, the pair taken whole from one branch',
    caught: 'push',
    run: (place, apart) => {
      const side = place.aside(() => place.edit(apart));
      place.write('readme.md', 'two\n').settle();
      return place.watch(['merge', '-q', '--no-edit', side]);
    },
  },
  {
    name: '`git merge`, fast-forward',
    caught: 'push',
    run: (place, apart) => place.watch(['merge', '-q', place.aside(() => place.edit(apart))]),
  },
  {
    name: '`git merge`, conflicted, then `git commit`',
    caught: 'hook',
    run: (place, apart) => {
      conflict(place, 'merge', apart);
      return place.watch(['commit', '-q', '-m', 'x']);
    },
  },
  {
    name: '`git merge`, conflicted, then `git merge --continue`',
    caught: 'hook',
    run: (place, apart) => {
      conflict(place, 'merge', apart);
      return place.watch(['merge', '--continue']);
    },
  },
  {
    name: '`git merge --squash`, then `git commit`',
    caught: 'hook',
    run: (place, apart) => {
      place.git(
        'merge',
        '-q',
        '--squash',
        place.aside(() => place.edit(apart)),
      );
      return place.watch(['commit', '-q', '-m', 'x']);
    },
  },
  {
    name: '`git cherry-pick`',
    caught: 'push',
    run: (place, apart) => {
      const side = place.aside(() => place.edit(apart));
      place.write('readme.md', 'two\n').settle();
      return place.watch(['cherry-pick', side]);
    },
  },
  {
    name: '`git cherry-pick`, conflicted, then `--continue`',
    caught: 'hook',
    run: (place, apart) => {
      conflict(place, 'cherry-pick', apart);
      return place.watch(['cherry-pick', '--continue']);
    },
  },
  {
    name: '`git revert`',
    caught: 'push',
    run: (place, apart) => {
      // Live first, then its copy: reverting the second commit leaves the pair out of sync.
      place.edit(apart);
      place.settle();
      if (apart) {
        place.edit(false);
        place.settle();
      }
      return place.watch(['revert', '--no-edit', 'HEAD']);
    },
  },
  {
    name: '`git rebase`',
    caught: 'push',
    run: (place, apart) => {
      const side = place.aside(() => place.write('readme.md', 'two\n'));
      place.edit(apart);
      place.settle();
      return place.watch(['rebase', '-q', side]);
    },
  },
  {
    name: '`git rebase -i`, reword',
    caught: 'push',
    run: (place, apart) => {
      place.edit(apart);
      place.settle();
      const editors = { GIT_SEQUENCE_EDITOR: 'sed -i 1s/^pick/reword/', GIT_EDITOR: 'sh -c "echo reworded > $1" sh' };
      return place.watch(['rebase', '-q', '-i', 'HEAD~1'], '', editors);
    },
  },
  {
    name: '`git rebase --apply`',
    caught: 'push',
    run: (place, apart) => {
      const side = place.aside(() => place.write('readme.md', 'two\n'));
      place.edit(apart);
      place.settle();
      return place.watch(['rebase', '-q', '--apply', side]);
    },
  },
  {
    name: '`git am`',
    caught: 'push',
    run: (place, apart) => {
      const patch = place.git(
        'format-patch',
        '-1',
        '--stdout',
        place.aside(() => place.edit(apart)),
      );
      return place.watch(['am', '-q'], patch);
    },
  },
  {
    name: '`git stash`, then `git stash pop`',
    caught: 'nothing to catch',
    run: (place, apart) => {
      staged(place, apart);
      const first = place.watch(['stash', '-q']);
      const second = place.watch(['stash', 'pop', '-q', '--index']);
      const hooks = [...first.trace.hooks, ...second.trace.hooks];
      return { ...second, code: first.code || second.code, trace: { ...second.trace, hooks } };
    },
  },
  {
    name: '`git push`',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(apart);
      place.settle();
      return place.push();
    },
  },
  {
    name: '`git push --no-verify` to a guarded repository',
    caught: 'hook',
    run: (place, apart) => {
      place.edit(apart);
      place.settle();
      return place.pushToGuarded();
    },
  },
];

/** The observations of one form in one place. */
export interface Row {
  readonly form: CommitForm;
  readonly trace: Trace;
  readonly inStep: Result & { readonly pushed: Result };
  readonly apart: Result & { readonly committed: boolean; readonly pushed: Result | undefined };
  /** The hooks that the pushes ran. */
  readonly pushHooks: readonly string[];
}

/** Runs the form twice: with both sides changed, and with one. */
export function observe(place: Place, form: CommitForm): Row {
  place.start();
  const inStep = form.run(place, false);
  const pushedInStep = place.push();
  place.start();
  const apart = form.run(place, true);
  const [live, release] = [LIVE, RELEASE].map((name) => place.git('rev-parse', `HEAD:${name}`));
  const committed = apart.moved && live !== release;
  // If a hook has blocked the command there is nothing new to push.
  const pushed = form.caught === 'hook' ? undefined : place.push();
  return {
    form,
    trace: apart.trace,
    inStep: { ...inStep, pushed: pushedInStep },
    apart: { ...apart, committed, pushed },
    pushHooks: [...new Set([pushedInStep, pushed].flatMap((push) => push?.trace.hooks ?? []))],
  };
}

export function formatRows(rows: readonly Row[]): string {
  const head = ['command', 'hook', 'judged', 'both sides changed', 'one side changed', 'the push after it'];
  const cells = rows.map(({ form, trace, inStep, apart }) => [
    form.name,
    trace.hooks.map((hook) => `\`${hook}\``).join(', ') || 'none',
    trace.judged || 'nothing',
    `${inStep.code}`,
    `${apart.code}${apart.committed ? ', committed' : ''}`,
    apart.pushed ? `${apart.pushed.code}` : '',
  ]);
  const widths = head.map((word, at) => Math.max(word.length, ...cells.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), ''].join('\n');
}

const INTRO = `# Compatibility

Made by the tests from what they saw (\`npm run lab -- compatibility\`); a test fails where this page says something else. Each command ran twice in a
real checkout, through hooks that \`git dos-sync install\` had put in: with both sides of a pair changed, and with one. _Hook_ and _judged_ are from
git's own trace: which of our hooks git ran, and which index file, or which commits, they read. The numbers are exit codes; _committed_ says that the pair got into a commit out
of sync, which the push after it then has to catch.
`;

/** The page, from the tables of all places. */
export function formatPage(tables: ReadonlyMap<PlaceName, string>): string {
  const sections = [...tables].map(([name, table]) => `## ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n${table}`);
  return [INTRO, ...sections].join('\n');
}

/** The table of one place in the page; empty if there is none. */
export function tableIn(page: string, name: PlaceName): string {
  const [, rest = ''] = page.split(`## ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n`);
  return rest.split('\n## ')[0]?.replace(/\n+$/, '\n') ?? '';
}
