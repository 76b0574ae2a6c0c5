import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('git dos-sync audit');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
});
test.after.each(() => repo.remove());

interface Told {
  readonly subject: string;
  readonly introduced: readonly { readonly a: string; readonly status: string }[];
  readonly resolved: readonly { readonly a: string; readonly status: string }[];
  readonly kept: readonly { readonly a: string }[];
  readonly unjudged: readonly { readonly pair: string; readonly why: string }[];
  readonly cut: boolean;
}

/** Commits the files with the given contents; null deletes one. */
function commit(subject: string, files: Record<string, string | null>, author = 'Ada <ada@example.com>'): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) repo.delete(name);
    else repo.write(name, content);
  }
  repo.git('add', '-A');
  repo.git('commit', '-q', '--allow-empty', '--no-verify', '-m', subject, '--author', author);
}

function told(...args: string[]): readonly Told[] {
  const { code, stdout, stderr } = repo.dosSync('audit', '--json', ...args);
  assert.is(code, 0, stderr);
  return (JSON.parse(stdout) as { commits: readonly Told[] }).commits;
}

/** `subject: +introduced -resolved =kept`, the newest commit first. */
function summary(...args: string[]): string[] {
  return told(...args).map(({ subject, introduced, resolved, kept }) => {
    return `${subject}: +${introduced.length} -${resolved.length} =${kept.length}`;
  });
}

/** Signs the last commit; the configured program then prints a message about it. */
function sign(): void {
  const [head = '', message = ''] = repo.git('cat-file', 'commit', 'HEAD').split(/\n\n(.*)/s);
  const lines = ['-----BEGIN PGP SIGNATURE-----', '', 'x', '-----END PGP SIGNATURE-----'];
  const signed = `${head}\ngpgsig ${lines.join('\n ')}\n\n${message}`;
  const { stdout } = repo.run('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: signed });
  repo.git('reset', '-q', '--hard', stdout.trim());
  repo.write('.git/gpg', '#!/bin/sh\necho "gpg: somebody signed this" >&2\n').run('chmod', ['755', '.git/gpg']);
  repo.git('config', 'gpg.program', repo.path('.git/gpg'));
}

function withoutIds(text: string): string {
  return text.replace(/\b[0-9a-f]{10}\b/g, '<id>').replace(/\d{4}-\d\d-\d\d/g, '<day>');
}

test('which commits broke a pair, which restored it, which kept it in sync', () => {
  commit('both', { 'live/f': '1', 'release/f': '1' });
  commit('one side alone', { 'live/f': '2' }, 'Grace <grace@example.com>');
  commit('elsewhere', { readme: 'x' });
  commit('caught up', { 'release/f': '2' });
  commit('in step', { 'live/f': '3', 'release/f': '3' });
  const { code, stdout } = repo.dosSync('audit');
  assert.is(code, 0);
  assert.is(
    withoutIds(stdout),
    [
      '<id>  <day>  Ada  caught up',
      '  resolved    live/f -> release/f  was DRIFT (content)',
      '<id>  <day>  Grace  one side alone',
      '  introduced  live/f -> release/f  DRIFT (content)',
      '5 commits, 4 of them touch pairs',
      '  introduced  1 pair out of sync, by 1 commit',
      '  resolved    1 pair',
      '  kept        1 time: both sides of a pair changed together',
      'by author:',
      '  Grace <grace@example.com>: 1 introduced, 0 resolved, 0 kept',
      '  Ada <ada@example.com>: 0 introduced, 1 resolved, 1 kept',
      '',
    ].join('\n'),
  );
  assert.match(repo.dosSync('audit', '--full').stdout, 'kept        live/f -> release/f\n');
});

test('births, deletions, modes and links are reported as a check would', () => {
  commit('born alone', { 'live/f': '1' });
  commit('copied', { 'release/f': '1' });
  repo.run('chmod', ['755', 'live/f']);
  commit('executable', {});
  commit('gone on one side', { 'live/f': null });
  commit('gone', { 'release/f': null });
  assert.equal(
    told()
      .map(({ introduced, resolved }) => [...introduced, ...resolved].map(({ status }) => status).join())
      .reverse(),
    ['', 'MISSING_B', 'DRIFT', 'MISSING_A'],
  );
  assert.match(repo.dosSync('audit').stdout, 'born        1 file whose other side did not exist yet');
  // Out of sync before and after is not an event: here one side of a pair that already differs is
  // deleted.
  assert.equal(summary(), ['gone: +0 -1 =0', 'executable: +1 -0 =0', 'copied: +0 -1 =0', 'born alone: +0 -0 =0']);
});

test('templates: a name counts from the commit that has it on both sides; fan-out: each copy counts', () => {
  repo.manifest({
    pairs: [
      { a: 'skills/{N}', b: 'packs/{N}/src' },
      { a: 'LICENSE', b: 'packages/{p}/LICENSE' },
    ],
  });
  commit('one side', { 'skills/one/f': '1', 'skills/one/g': '1' });
  commit('both sides', { 'packs/one/src/f': '1' });
  commit('whole', { 'packs/one/src/g': '1' });
  commit('licences', { LICENSE: '1', 'packages/x/LICENSE': '1', 'packages/y/LICENSE': '1' });
  commit('new year', { LICENSE: '2', 'packages/x/LICENSE': '2' });
  assert.equal(summary(), ['new year: +1 -0 =1', 'whole: +0 -1 =0', 'both sides: +0 -0 =0']);
});

test('a merge: along first parents it is responsible for its branch, with --all-parents only for its own changes', () => {
  commit('first', { 'live/f': '1', 'release/f': '1', 'live/g': '1', 'release/g': '1' });
  repo.git('checkout', '-qb', 'topic');
  commit('drift on the branch', { 'live/f': '2' });
  repo.git('checkout', '-q', 'main');
  commit('meanwhile', { readme: 'x' });
  repo.git('merge', '-q', '--no-commit', '--no-ff', 'topic');
  commit('merged', { 'live/g': '2' });
  assert.equal(summary(), ['merged: +2 -0 =0']);
  assert.equal(summary('--all-parents'), ['merged: +1 -0 =0', 'drift on the branch: +1 -0 =0']);
});

test('a merge that takes a pair whole from the branch resolves nothing of its own', () => {
  commit('first', { 'live/f': '1', 'release/f': '1' });
  repo.git('checkout', '-qb', 'topic');
  commit('both on the branch', { 'live/f': '2', 'release/f': '2' });
  repo.git('checkout', '-q', 'main');
  commit('elsewhere', { x: '1' });
  repo.git('merge', '-q', '-m', 'merged', 'topic');
  assert.equal(summary('--all-parents'), ['both on the branch: +0 -0 =1']);
  assert.equal(summary(), ['merged: +0 -0 =1']);
});

test('a range, a commit, a tag; not an option, not two tips, not nothing', () => {
  commit('first', { 'live/f': '1', 'release/f': '2' });
  repo.git('tag', '-a', 'v1', '-m', 'v1');
  commit('second', { 'live/g': '1', 'release/g': '2' });
  commit('third', { 'live/h': '1', 'release/h': '2' });
  assert.equal(summary('v1..HEAD'), ['third: +1 -0 =0', 'second: +1 -0 =0']);
  assert.equal(summary('HEAD~1..'), ['third: +1 -0 =0']);
  assert.equal(summary('v1'), ['first: +1 -0 =0']);
  repo.write('v2', 'a file of that name');
  for (const range of ['--all', 'nowhere', 'v1...HEAD', 'v2', 'HEAD:live/f']) {
    const { code, stdout, stderr } = repo.dosSync('audit', '--', range);
    assert.is(code, 2, range);
    assert.is(stdout, '');
    assert.match(stderr, /^dos-sync: .*(not a range|not a commit|more than one)/);
  }
});

test('the manifest at the tip of the range is used, or the named file', () => {
  commit('first', { 'live/f': '1', 'release/f': '2', 'other/f': '1' });
  const other = { pairs: [{ a: 'live', b: 'other' }], fix_direction: 'live_to_submodule' };
  repo.write('elsewhere.json', JSON.stringify(other));
  assert.equal(summary(), ['first: +1 -0 =0']);
  assert.equal(summary('--manifest', 'elsewhere.json'), []);
  assert.match(repo.dosSync('audit', '--manifest', 'nowhere.json').stderr, 'There is no file');
  repo.manifest({ pairs: [{ a: 'live', b: 'other' }] });
  assert.equal(summary(), ['first: +1 -0 =0'], 'what is not committed rules nothing');
  commit('second', {});
  assert.equal(summary(), []);
  assert.equal(summary('HEAD~1'), ['first: +1 -0 =0']);
  commit('no manifest', { '.dos-sync-manifest.json': null });
  assert.is(repo.dosSync('audit').code, 2);
  assert.match(repo.dosSync('audit').stderr, 'There is no .dos-sync-manifest.json in HEAD.');
});

test('a range from before the manifest is judged by the one in HEAD', () => {
  repo.delete('.dos-sync-manifest.json');
  commit('early', { 'live/f': '1', 'release/f': '2' });
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  commit('adopted', {});
  assert.equal(summary('HEAD~1'), ['early: +1 -0 =0']);
  const { stderr } = repo.dosSync('audit', 'HEAD~1');
  assert.is(stderr, 'There is no .dos-sync-manifest.json in HEAD~1, so the one in HEAD is used.\n');
});

test('merged shards equal the whole report, byte for byte, for any number of them', () => {
  for (let at = 0; at < 7; at += 1) {
    commit(`one side ${at}`, { 'live/f': `${at}` }, 'Grace <grace@example.com>');
    if (at % 2 === 0) commit(`caught up ${at}`, { 'release/f': `${at}` });
  }
  const whole = { json: repo.dosSync('audit', '--json').stdout, text: repo.dosSync('audit').stdout };
  for (const of of [1, 3, 11, 20]) {
    const files = Array.from({ length: of }, (_, at) => `shard-${at + 1}.json`);
    for (const [at, file] of files.entries()) {
      repo.write(file, repo.dosSync('audit', '--shard', `${at + 1}/${of}`, '--json').stdout);
    }
    assert.is(repo.dosSync('audit', '--merge', ...files.reverse(), '--json').stdout, whole.json);
    assert.is(repo.dosSync('audit', '--merge', ...files).stdout, whole.text);
  }
});

test('shards that do not make one walk are refused', () => {
  commit('first', { 'live/f': '1' });
  commit('second', { 'release/f': '1' });
  const shard = (name: string, ...args: string[]) => repo.write(name, repo.dosSync('audit', '--json', ...args).stdout);
  shard('1', '--shard', '1/2');
  shard('2', '--shard', '2/2');
  shard('other', '--shard', '2/2', 'HEAD~1');
  shard('whole');
  repo.write('half', repo.read('1').slice(0, 80)).write('json', '{}');
  const refusals = {
    '1': 'Missing: 2.',
    '1 1': 'Missing: 2.',
    '1 2 2': 'is needed exactly once',
    '1 other': 'not shards of the same audit',
    whole: 'Only reports of shards can be merged',
    '1 half': 'half is not an audit report',
    json: 'json is not an audit report',
    nowhere: 'There is no file',
  };
  for (const [files, words] of Object.entries(refusals)) {
    const { code, stderr } = repo.dosSync('audit', '--merge', ...files.split(' '));
    assert.is(code, 2, files);
    assert.match(stderr, words);
  }
  for (const words of ['0/2', '3/2', '1', 'a/b', '1/0']) {
    assert.match(repo.dosSync('audit', '--shard', words).stderr, 'is not a valid shard.');
  }
  assert.is(repo.dosSync('audit', 'HEAD', '--merge', '1', '2').code, 2);
});

test("the user's git settings change nothing", () => {
  repo.write('.gitmodules', '[submodule "live/sub"]\n\tpath = live/sub\n\turl = nowhere\n\tignore = all\n');
  const text = 'a long enough text\nto be taken for a rename\n';
  commit('first', { 'live/f': text, 'release/f': text, 'live/sub': '1', 'release/sub': '1' });
  repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD').trim()},live/sub`);
  repo.git('mv', 'live/f', 'live/g');
  repo.git('commit', '-qm', 'moved, and a submodule');
  repo.git('checkout', '-qb', 'topic');
  commit('on a branch', { 'live/h': '1' });
  repo.git('checkout', '-q', 'main');
  repo.git('merge', '-q', '--no-ff', '-m', 'a merge', 'topic');
  sign();
  const plain = repo.dosSync('audit', '--json').stdout;
  assert.match(plain, 'live/sub');
  assert.match(plain, '"a":"live/f"');
  assert.match(plain, '"subject":"a merge"');
  const settings = {
    'log.showSignature': 'true',
    'log.showRoot': 'false',
    'log.diffMerges': 'off',
    'log.decorate': 'full',
    'diff.renames': 'copies',
    'diff.ignoreSubmodules': 'all',
    'core.abbrev': '5',
    'core.quotePath': 'true',
    'color.ui': 'always',
    'i18n.logOutputEncoding': 'UTF-16',
    'format.pretty': 'oneline',
  };
  for (const [key, value] of Object.entries(settings)) repo.git('config', key, value);
  assert.is(repo.dosSync('audit', '--json').stdout, plain);
});

test('names, authors and subjects cannot act on a terminal; a name with a newline is one name', () => {
  commit('both', { 'live/a\nb': '1', 'release/a\nb': '1' });
  commit('x\u001b[2Kall in sync', { 'live/a\nb': '2' }, 'Eve\u202e <e@x>');
  const { stdout } = repo.dosSync('audit');
  assert.match(stdout, 'Eve\\u202e  x\\x1b[2Kall in sync');
  assert.match(stdout, 'introduced  live/a\\nb -> release/a\\nb  DRIFT');
  assert.is(told()[0]?.introduced[0]?.a, 'live/a\nb');
});

test('a shallow clone says where it ends, and reports no older drift', () => {
  const names = ['live/f', 'live/g', 'live/h'];
  for (const name of names) repo.write(name, '1').write(name.replace('live', 'release'), '1');
  repo.settle();
  for (const [at, name] of names.entries()) commit(['first', 'second', 'third'][at] ?? '', { [name]: '2' });
  const [clone, full] = [new Repo(), repo];
  try {
    clone.git('fetch', '-q', '--depth=2', `file://${full.top}`, 'main');
    clone.git('reset', '-q', '--hard', 'FETCH_HEAD');
    repo = clone;
    assert.equal(summary(), ['third: +1 -0 =0', 'second: +0 -0 =0']);
    assert.equal(
      told().map(({ cut }) => cut),
      [false, true],
    );
    assert.match(repo.dosSync('audit').stdout, 'the history of this shallow clone ends here');
  } finally {
    repo = full;
    clone.remove();
  }
});

test('a pair that the manifest cannot describe at an old commit is reported, and the rest is judged', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'x', b: 'y' },
    ],
  });
  commit('a file beside a directory', { x: 'file', 'y/f': '1', 'live/f': '1', 'release/f': '2' });
  commit('right', { x: null });
  commit('two directories', { 'x/f': '1' });
  const [last, , first] = told();
  assert.is(first?.subject, 'a file beside a directory');
  assert.match(first?.unjudged[0]?.why ?? '', 'x -> y pairs a file with a directory');
  assert.equal(
    first?.introduced.map(({ a }) => a),
    ['live/f'],
  );
  assert.is(last?.subject, 'two directories');
  assert.match(repo.dosSync('audit').stdout, 'not judged  x -> y pairs a file with a directory');
});

test('if no touched pair could be compared, the exit code is 2', () => {
  repo.manifest({ pairs: [{ a: '~/live', b: 'release' }] });
  commit('first', { 'release/f': '1' });
  const { code, stdout } = repo.dosSync('audit');
  assert.is(code, 2);
  assert.match(stdout, 'could not check: none of the pairs');
  repo.manifest({ pairs: [{ a: 'nowhere', b: 'nothing' }] });
  commit('second', {});
  assert.equal(repo.dosSync('audit', 'HEAD~1..').code, 0);
  assert.match(repo.dosSync('audit').stdout, 'none of them touches a pair');
});

test('the number of git processes does not grow with the history', () => {
  const processes = (): number => {
    const log = repo.path('.git/trace');
    repo.run('rm', ['-f', log]);
    repo.env['GIT_TRACE2_EVENT'] = log;
    repo.dosSync('audit');
    delete repo.env['GIT_TRACE2_EVENT'];
    return readFileSync(log, 'utf8').match(/"event":"start"/g)?.length ?? 0;
  };
  commit('first', { 'live/f': '1', 'release/f': '1' });
  const few = processes();
  for (let at = 0; at < 12; at += 1) commit(`${at}`, { 'live/f': `${at}` });
  assert.ok(few > 2);
  assert.is(processes(), few);
});

test.run();
