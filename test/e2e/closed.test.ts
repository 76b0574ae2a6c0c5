// Closed by default: if any git dies at any time, no message says "in sync".

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DyingGit } from '../support/dying-git.js';
import { CLI, Repo, type Result } from '../support/repo.js';

const test = suite('a git that dies');
const SECONDS = '20';
const TOO_LATE = 124;
/** DEATHS=1000 runs all of them; each starts Node at least once. */
const MOST = Number(process.env['DEATHS'] ?? 3);
let repo: Repo;
let git: DyingGit;

test.before(() => {
  repo = drifted();
  git = new DyingGit(repo.run('sh', ['-c', 'command -v git']).stdout.trim());
});
test.after(() => {
  repo.remove();
  git.remove();
});

/** Drift that is staged and committed, on a branch that the remote does not have yet. */
function drifted(): Repo {
  const made = new Repo();
  made.manifest({ pairs: [{ a: 'd', b: 'e' }] });
  for (const name of ['1', '2', '3']) made.write(`d/${name}`, '1\n').write(`e/${name}`, '1\n');
  made.settle();
  made.git('branch', 'base');
  for (const name of ['1', '2', '3']) made.write(`d/${name}`, '2\n');
  made.settle('drift');
  made.write('d/1', '3\n').git('add', '-A');
  return made;
}

function run(at: Repo, words: readonly string[], input = ''): Result {
  return at.run('timeout', [SECONDS, process.execPath, CLI, ...words], { input });
}

/** Each death ends with an exit code other than 0, in time, with a sentence. */
function holds(words: readonly string[], { input = '', writes = false, code = 1 } = {}): void {
  const fresh = () => (writes ? repo.copy() : repo);
  const first = fresh();
  const { alive, deaths } = git.deathsOf(first, () => run(first, words, input));
  if (writes) first.remove();
  assert.is(alive.code, code, alive.stderr);
  assert.ok(deaths.length > 2, 'no git was seen');
  for (const death of deaths.slice(0, MOST)) {
    const where = `${words.join(' ')}: git ${death.command} died after ${death.answers}`;
    const at = fresh();
    const result = git.dies(at, death, () => run(at, words, input));
    if (writes) at.remove();
    // git died after its last request, so the verdict is complete.
    if (alive.code === 0 && result.code === 0) assert.is(result.stdout, alive.stdout, where);
    else assert.is.not(result.code, 0, where);
    assert.is.not(result.code, TOO_LATE, `${where}: never ends`);
    assert.not.match(result.stderr, /^ +at .*:\d|this is a bug/m, where);
  }
}

for (const hook of ['pre-commit', 'pre-merge-commit']) {
  test(`${hook}: never exit code 0`, () => holds(['hook', hook]));
}

for (const hook of ['pre-push', 'pre-receive']) {
  test(`${hook}: never exit code 0`, () => {
    const [old, now] = ['base', 'HEAD'].map((name) => repo.git('rev-parse', name).trim());
    const input =
      hook === 'pre-push' ? `refs/heads/main ${now} refs/heads/main ${old}\n` : `${old} ${now} refs/heads/main\n`;
    holds(['hook', hook, 'origin', 'nowhere'].slice(0, hook === 'pre-push' ? 4 : 2), { input });
  });
}

for (const words of [['check'], ['check', '--staged'], ['check', '--commit', 'HEAD'], ['status'], ['explain', 'd/1']]) {
  test(`${words.join(' ')}: never exit code 0`, () => holds(words));
}

for (const words of [['audit', 'base..HEAD'], ['discover']]) {
  test(`${words[0]}: exit code 0 only where all of it was read`, () => holds(words, { code: 0 }));
}

for (const words of [
  ['fix', '--force'],
  ['fix', '--staged', '--force'],
]) {
  test(`${words.join(' ')}: never exit code 0`, () => holds(words, { writes: true, code: 0 }));
}

test.run();
