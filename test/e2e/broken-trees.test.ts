// Trees that git never writes but accepts: a duplicate name, a name with a slash. Every reader
// stops there.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../support/repo.js';
import { guardedServer } from '../support/server.js';

const test = suite('damaged trees');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'packages/web' }] });
  repo.write('live/f', '1\n').write('packages/web/f', '1\n').write('other/f', '1\n');
  repo.settle();
  repo.hooks();
});
test.after.each(() => repo.remove());

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

/** Writes a tree without checking its entries. */
function writeTree(entries: readonly Entry[]): string {
  const input = Buffer.concat(
    entries.flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
  );
  const args = ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repo.top, input, encoding: 'latin1' });
  assert.is(status, 0, stderr);
  return stdout.trim();
}

function entriesOf(tree: string): Entry[] {
  const lines = repo.git('ls-tree', tree).split('\n').filter(Boolean);
  return lines.map((line) => {
    const [, mode = '', oid = '', name = ''] = /^0*(\d+) \w+ (\w+)\t(.*)$/.exec(line) ?? [];
    return { mode, name, oid };
  });
}

const blob = (content: string): string =>
  repo.run('git', ['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
const treeOf = (path: string): string => repo.git('rev-parse', `HEAD:${path}`).trim();

/** A commit whose `packages` is this tree, on top of HEAD. */
function commitPackages(packages: string): string {
  const root = entriesOf('HEAD').map((entry) => (entry.name === 'packages' ? { ...entry, oid: packages } : entry));
  return repo.git('commit-tree', '-p', 'HEAD', '-m', 'damaged', writeTree(root)).trim();
}

const DAMAGES: Readonly<Record<string, () => string>> = {
  'a file twice': () => {
    const web = [...entriesOf('HEAD:packages/web'), { mode: '100644', name: 'f', oid: blob('2\n') }];
    return commitPackages(writeTree([{ mode: '40000', name: 'web', oid: writeTree(web) }]));
  },
  'a directory twice, the second with another file': () => {
    const second = writeTree([{ mode: '100644', name: 'f', oid: blob('2\n') }]);
    return commitPackages(
      writeTree([treeOf('packages/web'), second].map((oid) => ({ mode: '40000', name: 'web', oid }))),
    );
  },
  'a file with a slash in its name': () => {
    const web = { mode: '40000', name: 'web', oid: treeOf('packages/web') };
    return commitPackages(writeTree([web, { mode: '100644', name: 'web/f', oid: blob('2\n') }]));
  },
};

function stops({ code, stderr }: Result, exit: number): void {
  assert.is(code, exit, stderr);
  assert.match(stderr, /The tree [0-9a-f]{40} is damaged: it contains the name (f|web|web\/f)(,| twice)/);
  assert.match(stderr, 'git fsck');
}

test('a name twice, or a slash in one: the server, the push, check --commit and audit stop', () => {
  const server = guardedServer();
  repo.git('remote', 'add', 'origin', `file://${server.top}`);
  repo.git('push', '-q', 'origin', 'main');
  for (const make of Object.values(DAMAGES)) {
    const commit = make();
    stops(repo.dosSync('check', '--commit', commit), 2);
    stops(repo.dosSync('check', '--commit', commit, '--base', 'main'), 2);
    stops(repo.dosSync('audit', `main..${commit}`), 2);
    stops(repo.tryGit('push', '-q', 'origin', `${commit}:refs/heads/main`), 1);
    stops(repo.tryGit('push', '-q', '--no-verify', 'origin', `${commit}:refs/heads/main`), 1);
  }
  assert.is(server.git('rev-parse', 'main'), repo.git('rev-parse', 'main'));
  server.remove();
});

test('a damaged tree at HEAD: the hook stops, and so does every check', () => {
  const commit = (DAMAGES['a directory twice, the second with another file'] as () => string)();
  repo.git('update-ref', 'HEAD', commit);
  repo.write('packages/web/f', '3\n').write('live/f', '3\n').git('add', '-A');
  stops(repo.tryGit('commit', '-q', '-m', 'next'), 1);
  stops(repo.dosSync('check'), 2);
  stops(repo.dosSync('check', '--staged'), 2);
});

test('an object that is missing is named, and only a shallow clone is told to fetch more', () => {
  const first = repo.git('rev-parse', 'HEAD').trim();
  repo.write('other/f', '2\n').settle();
  repo.write('other/f', '3\n').settle();
  const middle = repo.git('rev-parse', 'HEAD~1').trim();
  rmSync(repo.path(`.git/objects/${middle.slice(0, 2)}/${middle.slice(2)}`));
  for (const args of [
    ['--commit', 'HEAD', '--base', first],
    ['--commit', 'HEAD~1'],
    ['--commit', middle],
    ['--commit', 'HEAD', '--base', middle],
  ]) {
    const { code, stderr } = repo.dosSync('check', ...args);
    assert.is(code, 2, stderr);
    assert.match(stderr, middle, args.join(' '));
    assert.match(stderr, 'git fsck');
    assert.not.match(stderr, 'unshallow');
  }
});

test.run();
