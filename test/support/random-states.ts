// Random blocked states, in which every printed command is run: nothing that is not named may be
// lost.

import { randomFrom } from './isolate.js';
import { faultsOfEach, faultsOfWayOn, withoutMarkers } from './leads-on.js';
import { Installation, printedLines } from './printed.js';
import { firstText, type RandomShape, SHAPES } from './random-shapes.js';
import { Repo, type Result } from './repo.js';

/** The result for one state. */
export interface StateOutcome {
  readonly seed: number;
  readonly story: readonly string[];
  readonly blocked: boolean;
  /** Printed commands that were run. */
  readonly typed: number;
  /** The first printed commands, in sequence, have led to a commit. */
  readonly committed: boolean;
  readonly faults: readonly string[];
}

type Form = 'add' | 'all' | 'path';

class State {
  readonly repo = new Repo();
  readonly story: string[] = [];
  readonly installation = new Installation(this.repo);
  readonly random: () => number;
  readonly shape: RandomShape;
  form: Form = 'add';
  named: string[] = [];
  #tokens = 0;

  constructor(seed: number, shapes: readonly RandomShape[]) {
    this.random = randomFrom(seed);
    this.shape = this.pick(shapes);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  /** Gives one line of the file a unique token. */
  edit(path: string): void {
    this.#tokens += 1;
    const token = `token${this.#tokens}.`;
    const lines = this.repo.exists(path) ? this.repo.read(path).split('\n') : [''];
    let at = Math.floor(this.random() * Math.max(1, lines.length - 1));
    while (this.shape.fixed?.includes(lines[at] ?? '')) at += 1;
    lines[at] = `${lines[at]} ${token}`;
    this.repo.write(path, lines.join('\n'));
    this.story.push(`edit ${path} (${token})`);
  }

  settle(): void {
    this.repo.settle();
    this.story.push('commit --no-verify');
  }

  remove(): void {
    this.repo.remove();
    this.installation.remove();
  }
}

function begin(state: State): void {
  const { repo, shape } = state;
  const direction = state.chance(0.25) ? 'submodule_to_live' : 'live_to_submodule';
  const fanOut = JSON.stringify(shape.pairs).includes('{p}');
  repo.manifest({ pairs: shape.pairs, fix_direction: fanOut ? 'live_to_submodule' : direction });
  state.story.push(`${JSON.stringify(shape.pairs)} ${fanOut ? '' : direction}`);
  for (const path of shape.files) repo.write(path, firstText(shape, path));
  if (!shape.agreed && state.chance(0.15)) state.edit(state.pick(shape.files));
  repo.write('other', 'x\n').write('.gitignore', 'ignored\n');
  if (shape.agreed) {
    repo.settle();
    repo.dosSync('accept', '--all', '--reason', 'meant');
  }
  state.settle();
  repo.hooks();
}

/** The earlier history: drift from --no-verify, re-syncs, branches. */
function history(state: State): void {
  const { repo, shape } = state;
  for (let steps = Math.floor(state.random() * 3); steps > 0; steps -= 1) {
    if (state.chance(0.3)) {
      const first = shape.files[0] as string;
      const isSame = !shape.texts && repo.exists(first);
      const content = isSame ? repo.read(first) : undefined;
      for (const path of shape.files) repo.write(path, content ?? firstText(shape, path));
      state.story.push('sync all');
    } else state.edit(state.pick(shape.files));
    state.settle();
  }
}

function merge(state: State): Result {
  const { repo, shape } = state;
  repo.git('checkout', '-q', '-b', 'side');
  state.story.push('branch side:');
  state.edit(state.pick(shape.files));
  state.settle();
  repo.git('checkout', '-q', 'main');
  state.story.push('branch main:');
  state.edit(state.pick(shape.files));
  state.settle();
  const merged = repo.tryGit('merge', '--no-edit', 'side');
  state.story.push('merge side');
  if (repo.git('ls-files', '-u') === '') return merged;
  // Resolves conflicts: both sides of each one are kept.
  for (const path of shape.files.filter((each) => repo.exists(each))) {
    repo.write(path, withoutMarkers(repo.read(path)));
  }
  repo.git('add', '-A');
  state.story.push('resolve');
  return repo.tryGit('commit', '--no-edit');
}

function change(state: State): void {
  const { repo, shape } = state;
  for (let edits = 1 + Math.floor(state.random() * 2); edits > 0; edits -= 1) {
    const path = state.pick(shape.files);
    const kind = state.random();
    if (kind < 0.8 || !repo.exists(path)) state.edit(path);
    else if (kind < 0.9) {
      repo.delete(path);
      state.story.push(`delete ${path}`);
    } else {
      repo.run('chmod', ['+x', path]);
      state.story.push(`chmod +x ${path}`);
    }
  }
  state.form = state.pick(['add', 'add', 'all', 'path'] as const);
  const changed = repo.git('diff', '--name-only').split('\n').filter(Boolean);
  const staged = state.form === 'all' ? [] : changed.filter(() => state.chance(0.7));
  state.named = staged.length > 0 ? staged : changed.slice(0, 1);
  if (state.form === 'add' && state.named.length > 0) repo.git('add', '-A', '--', ...state.named);
  if (state.form === 'add' && state.chance(0.2)) state.edit(state.pick(shape.files));
  state.story.push(`commit ${state.form} ${state.form === 'all' ? '' : state.named.join(' ')}`);
}

function commit(state: State): Result {
  const { repo } = state;
  switch (state.form) {
    case 'add':
      return repo.tryGit('commit', '--no-edit', '-m', 'next');
    case 'all':
      return repo.tryGit('commit', '-a', '-m', 'next');
    case 'path':
      return repo.tryGit('commit', '-m', 'next', '--', ...state.named);
  }
}

/** One state from its seed: built, blocked, and each printed command run. */
export function tryState(seed: number, shapes: readonly RandomShape[] = SHAPES): StateOutcome {
  const state = new State(seed, shapes);
  const faults: string[] = [];
  try {
    begin(state);
    history(state);
    const merges = state.chance(0.25);
    if (!merges) change(state);
    const result = merges ? merge(state) : commit(state);
    const { story } = state;
    const blocked = result.code !== 0 && /dos-sync/.test(result.stderr);
    if (result.code !== 0 && !blocked && !/nothing|no changes/.test(result.stdout)) {
      faults.push(`git: ${result.stdout}${result.stderr}`);
    }
    if (/could not check|\n {4}at /.test(result.stderr)) faults.push(`could not check:\n${result.stderr}`);
    if (!blocked) return { seed, story, blocked, typed: 0, committed: false, faults };
    const refused = { repo: state.repo, files: state.shape.files, result };
    faults.push(...faultsOfEach(refused));
    const wayOn = faultsOfWayOn(refused, () => commit(state));
    const typed = printedLines(result).length;
    return { seed, story, blocked, typed, committed: wayOn.length === 0, faults: [...faults, ...wayOn] };
  } finally {
    state.remove();
  }
}
