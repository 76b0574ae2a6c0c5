import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';
import { blocks, replaySession } from '../support/session.js';

const test = suite('discover --near: texts that are kept in step by hand');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

function shared(count: number): string {
  return Array.from({ length: count }, (_, at) => `Detail ${at} of the work that everybody does.\n`).join('');
}

function guide(tool: string, file: string, count: number): string {
  return `# Working here\n\n${tool} reads ${file} first.\n${shared(count)}Then ${tool} may begin.\n`;
}

function hook(rule: string, count: number): string {
  return `#!/bin/sh\n# Rule: ${rule}\nset -e\n${shared(count)}`;
}

function odd(own: string, count: number): string {
  return `${shared(count)}${own}`;
}

/** Three near-copies, in each state with one line more. */
function write(count: number): void {
  repo.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md', count));
  repo.write('AGENTS.md', guide('Codex', 'AGENTS.md', count));
  repo.write('hooks/check', hook('no force', count)).write('pack/hooks/check', hook('ask the owner', count));
  repo
    .write('one/odd.txt', odd('one thing\nand two\n', count))
    .write('two/odd.txt', odd('- more\n! four\n? five\n', count));
}

function settleHistory(): void {
  for (let count = 12; count < 16; count += 1) {
    write(count);
    repo.settle(`state ${count}`);
  }
  // Has the same lines, and is no copy: it never took an edit.
  repo.write('other/odd.txt', `${shared(10)}something else\n`).write('vendor/check', hook('vendored', 12));
  repo.settle('others');
}

test('docs/discover.md: each with the smallest rule, and what the past says of it', () => {
  settleHistory();
  repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  const [, session = ''] = blocks('docs/discover.md', 'console');
  replaySession(repo, session);
});

test('--write declares them, check agrees, and an edit of one side alone is blocked', () => {
  settleHistory();
  const { code, stdout, stderr } = repo.dosSync('discover', '--near', '--write');
  assert.is(code, 0, stderr);
  assert.match(stdout, 'added AGENTS.md -> CLAUDE.md to .dos-sync-manifest.json');
  repo.settle('declared');
  repo.hooks();
  assert.is(repo.dosSync('check').code, 0);
  assert.match(repo.dosSync('discover', '--near').stderr, 'no undeclared near-copies found');
  repo.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md', 20)).git('add', '-A');
  assert.is(repo.tryGit('commit', '-qm', 'one side').code, 1);
  repo.write('AGENTS.md', guide('Codex', 'AGENTS.md', 20)).git('add', '-A');
  assert.is(repo.tryGit('commit', '-qm', 'both sides').code, 0);
  repo.write('pack/hooks/check', hook('another rule', 15)).git('add', '-A');
  assert.is(repo.tryGit('commit', '-qm', 'own line').code, 0);
});

test('--json says all of it, and --fail is 1 for CI', () => {
  settleHistory();
  const { code, stdout } = repo.dosSync('discover', '--near', '--json', '--fail');
  assert.is(code, 1);
  const report = JSON.parse(stdout) as { near: readonly Record<string, unknown>[]; left_out: object };
  const agreed = report.near.find(({ a }) => a === 'one/odd.txt');
  assert.is(agreed?.['holds'], 'difference');
  assert.equal([agreed?.['kept'], agreed?.['held'], agreed?.['states'], agreed?.['likely']], [3, 4, 4, true]);
  assert.equal(report.left_out, { files: 0, pairs: 0 });
});

test('a side that is a copy already, a number that nothing has, and no history', () => {
  settleHistory();
  repo.manifest({ pairs: [{ a: 'base.md', b: 'AGENTS.md' }] }).write('base.md', repo.read('AGENTS.md'));
  repo.settle('declared');
  assert.match(repo.dosSync('discover', '--near').stdout, 'CLAUDE.md');
  assert.is(repo.dosSync('discover', '--near', '--write', '99').code, 2);
  assert.is(repo.dosSync('discover', '--near', '--history', '0').stdout, '');
  assert.match(repo.dosSync('discover', '--near', '--all', '--history', '0').stdout, 'held in 1 of 1 past state\n');
});

test.run();
