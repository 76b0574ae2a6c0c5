// Pairs whose texts may differ: judged, blocked, fixed, merged and shown by their rule.

import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('copies that are meant to differ');
let repo: Repo;

test.after.each(() => repo.remove());

const WORDS = {
  a: 'CLAUDE.md',
  b: 'AGENTS.md',
  with: [
    ['Claude Code', 'Codex'],
    ['CLAUDE.md', 'AGENTS.md'],
  ],
};
const OWN = { a: 'live', b: 'pack', own: ['front_matter', { lines: '# Rule: ' }, { from: '<own>', to: '</own>' }] };

const guide = (tool: string, file: string, ...lines: string[]) =>
  [`# ${tool}`, '', `${tool} reads ${file}.`, ...lines, ''].join('\n');
const skill = (place: string, ...lines: string[]) =>
  ['---', `place: ${place}`, '---', 'begin', `# Rule: ${place}`, ...lines, '<own>', place, '</own>', 'end', ''].join(
    '\n',
  );

function settled(direction = 'live_to_submodule'): Repo {
  const made = new Repo();
  made.manifest({ pairs: [WORDS, OWN], fix_direction: direction });
  made.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md')).write('AGENTS.md', guide('Codex', 'AGENTS.md'));
  made.write('live/x', skill('live')).write('pack/x', skill('pack'));
  made.settle();
  made.hooks();
  return made;
}

test('texts that differ by their rule are in sync, which check and explain say', () => {
  repo = settled();
  const { code, stdout } = repo.dosSync('check', '--full');
  assert.is(code, 0, stdout);
  assert.match(stdout, 'SYNCED          CLAUDE.md -> AGENTS.md (with)');
  assert.match(stdout, 'SYNCED          live/x -> pack/x (own)');
  assert.match(repo.dosSync('explain', 'pack/x').stdout, /rule +own\n/);
});

test('identical texts that hold words of side a are out of sync', () => {
  repo = settled();
  repo.write('AGENTS.md', repo.read('CLAUDE.md'));
  assert.is(repo.dosSync('check').code, 1);
});

for (const direction of ['live_to_submodule', 'submodule_to_live'] as const) {
  const back = direction === 'submodule_to_live';
  const [tool, file] = back ? ['Codex', 'AGENTS.md'] : ['Claude Code', 'CLAUDE.md'];
  const source = back ? ['AGENTS.md', 'pack/x'] : ['CLAUDE.md', 'live/x'];

  test(`${direction}: an edit of the source is blocked, and fixed at the terminal`, async () => {
    repo = settled(direction);
    repo.write(source[0] as string, guide(tool, file, `more for ${tool}`));
    repo.write(source[1] as string, skill(back ? 'pack' : 'live', 'more')).git('add', '-A');
    const terminal = new TestTerminal('git commit -q -m next', repo.top);
    await terminal.waitFor(LISTENING);
    terminal.type('f\r');
    await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type('f\r');
    assert.is(await terminal.end(), 0, terminal.screen);
    assert.is(repo.show('HEAD:CLAUDE.md'), guide('Claude Code', 'CLAUDE.md', 'more for Claude Code'));
    assert.is(repo.show('HEAD:AGENTS.md'), guide('Codex', 'AGENTS.md', 'more for Codex'));
    assert.is(repo.show('HEAD:live/x'), skill('live', 'more'));
    assert.is(repo.show('HEAD:pack/x'), skill('pack', 'more'));
    assert.is(repo.status(), '');
  });
}

test('an edit of own lines alone passes, on either side', () => {
  repo = settled();
  repo.write('pack/x', skill('another'));
  assert.is(repo.tryGit('commit', '-qam', 'own').code, 0);
  repo.write('live/x', skill('place'));
  assert.is(repo.tryGit('commit', '-qam', 'own').code, 0);
});

test('fix writes the copy in its own words, and undo takes it back', () => {
  repo = settled();
  const before = repo.read('AGENTS.md');
  repo.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md', 'new'));
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('AGENTS.md'), guide('Codex', 'AGENTS.md', 'new'));
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('AGENTS.md'), before);
});

test('history says who is behind, and what a fix would lose is refused', () => {
  repo = settled();
  repo.write('AGENTS.md', guide('Codex', 'AGENTS.md', 'from b')).git('commit', '-qam', 'b', '--no-verify');
  const { stdout } = repo.dosSync('explain', 'CLAUDE.md');
  assert.match(stdout, 'CLAUDE.md is behind: only AGENTS.md has changed');
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.dosSync('fix', '--from', 'b', 'AGENTS.md').code, 0);
  assert.is(repo.read('CLAUDE.md'), guide('Claude Code', 'CLAUDE.md', 'from b'));
});

test('a merge keeps both edits, and each side has its words and its own lines', () => {
  repo = settled();
  repo.write('CLAUDE.md', repo.read('CLAUDE.md').replace('# Claude Code', '# Claude Code first'));
  repo.write('AGENTS.md', `${repo.read('AGENTS.md')}Codex last\n`);
  repo.write('live/x', repo.read('live/x').replace('end', 'end live'));
  repo
    .write('pack/x', repo.read('pack/x').replace('---\nbegin', '---\nfirst\nbegin'))
    .git('commit', '-qam', 'both', '--no-verify');
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.dosSync('fix', '--merge').code, 0);
  assert.is(repo.read('CLAUDE.md'), '# Claude Code first\n\nClaude Code reads CLAUDE.md.\nClaude Code last\n');
  assert.is(repo.read('AGENTS.md'), '# Codex first\n\nCodex reads AGENTS.md.\nCodex last\n');
  for (const place of ['live', 'pack']) {
    const merged = skill(place).replace('end', 'end live').replace('begin', 'first\nbegin');
    assert.is(repo.read(`${place}/x`), merged);
  }
});

test('words that cannot be turned back are refused by name', () => {
  repo = settled('submodule_to_live');
  repo.write('AGENTS.md', guide('Codex', 'AGENTS.md', 'Claude Code'));
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(stdout, 'skipped  CLAUDE.md: the words of AGENTS.md cannot be turned back without changing other words');
  assert.is(repo.read('CLAUDE.md'), guide('Claude Code', 'CLAUDE.md'));
});

test('an own line whose place is gone is refused by name', () => {
  repo = settled();
  repo.write('live/x', skill('live').replace('begin\n', ''));
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(stdout, 'skipped  pack/x: the place of its own lines is gone from live/x, or is not clear');
  assert.is(repo.read('pack/x'), skill('pack'));
});

test('a part that never ends cannot be checked: exit 2, with the line, and the commit stops', () => {
  repo = settled();
  repo.write('live/x', skill('live').replace('</own>\n', '')).git('add', 'live');
  const check = repo.dosSync('check', '--staged');
  assert.is(check.code, 2);
  assert.match(check.stderr, 'live/x:6: <own> has no counterpart');
  assert.is(repo.tryGit('commit', '-qm', 'next').code, 1);
});

for (const [what, content] of [
  ['a binary file', 'x\0y\n'],
  ['a file over 1 MiB', `${'x'.repeat(1024 * 1024)}\n`],
] as const) {
  test(`${what} is compared as it is, and copied only by name`, () => {
    repo = settled();
    repo.write('live/x', content).write('pack/x', content);
    assert.is(repo.dosSync('check').code, 0);
    repo.settle();
    repo.write('live/x', `${content}more\n`);
    assert.match(repo.dosSync('explain', 'live/x').stdout, /rule +own, but a side is (binary|larger than 1 MiB)/);
    const refused = repo.dosSync('fix');
    assert.is(refused.code, 1);
    assert.match(refused.stdout, "skipped  pack/x: the pair's rule does not apply to it");
    assert.is(repo.dosSync('fix', '--from', 'a', 'pack/x').code, 0);
    assert.is(repo.read('pack/x'), `${content}more\n`);
  });
}

test('a symlink in place of a text is drift, and never replaces the copy with its own lines', () => {
  repo = settled();
  repo.write('target', 'x\n').delete('live/x');
  symlinkSync('../target', repo.path('live/x'));
  assert.match(repo.dosSync('check', '--full').stdout, 'DRIFT           live/x -> pack/x (type)');
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(stdout, "skipped  pack/x: the pair's rule does not apply to it");
  assert.is(repo.read('pack/x'), skill('pack'));
});

test('front matter that never ends cannot be checked', () => {
  repo = settled();
  repo.write('pack/x', '---\nplace: pack\nbegin\n');
  const { code, stderr } = repo.dosSync('check');
  assert.is(code, 2);
  assert.match(stderr, 'pack/x:1: --- has no counterpart');
});

for (const [form, words, setting] of [
  ['commit -a', ['-a'], undefined],
  ['commit -- path', ['--', 'CLAUDE.md'], 'mend'],
] as const) {
  test(`${form}: dosSync.fix = always brings the copy along, in its own words`, () => {
    repo = settled();
    repo.git('config', 'dosSync.fix', 'always');
    if (setting) repo.git('config', 'dosSync.partialCommit', setting);
    repo.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md', 'new'));
    const { code, stderr } = repo.tryGit('commit', '-qm', 'next', ...words);
    assert.is(code, 0, stderr);
    assert.is(repo.show('HEAD:AGENTS.md'), guide('Codex', 'AGENTS.md', 'new'));
    assert.is(repo.read('AGENTS.md'), guide('Codex', 'AGENTS.md', 'new'));
    assert.is(repo.status(), '');
  });
}

test('CRLF on one side is drift, and a fix keeps own lines as they are', () => {
  repo = settled();
  repo.write('live/x', skill('live', 'new').replaceAll('\n', '\r\n'));
  assert.is(repo.dosSync('check').code, 1);
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.read('pack/x'), skill('pack'));
});

test('diff shows what is not meant, and with --all the meant part too', () => {
  repo = settled();
  repo.write('CLAUDE.md', guide('Claude Code', 'CLAUDE.md', 'new'));
  const { code, stdout } = repo.dosSync('diff', 'CLAUDE.md');
  assert.is(code, 1);
  const changed = (text: string) => text.split('\n').filter((line) => /^[-+](?![-+])/.test(line));
  assert.equal(changed(stdout), ['+new']);
  assert.ok(changed(repo.dosSync('diff', '--all', 'CLAUDE.md').stdout).includes('+# Claude Code'));
});

test('a deleted source is followed without a word of discarding: the copy had nothing of its own', () => {
  repo = settled();
  repo.git('rm', '-q', 'CLAUDE.md');
  const { code, stderr } = repo.tryGit('commit', '-qm', 'gone');
  assert.is(code, 1);
  assert.match(stderr, 'fix --staged --delete CLAUDE.md');
  assert.not.match(stderr, 'discards');
  repo.write('AGENTS.md', `${repo.read('AGENTS.md')}its own\n`);
});

test('an accepted difference on top of a rule: the rule stays, and counts again without the exception', () => {
  repo = new Repo();
  const aliases = { a: { b: 'b', with: [['one', 'two']] } };
  repo.manifest({ pairs: [], aliases }).write('a', 'one\n').write('b', 'two\n').settle();
  repo.write('b', 'two\nits own\n');
  assert.is(repo.dosSync('accept', 'b', '--reason', 'an end of its own').code, 0);
  assert.match(repo.dosSync('check', '--full').stdout, 'EXCEPTION       a -> b (difference)');
  repo.write('b', 'two\n');
  assert.match(repo.dosSync('check', '--full').stdout, 'SYNCED          a -> b (with)');
  assert.is(repo.dosSync('accept', '--remove', 'b').code, 0);
  assert.equal(JSON.parse(repo.read('.dos-sync-manifest.json')).aliases, aliases);
});

test('a chain carries by the rule of each edge, and never past a refused one', () => {
  repo = new Repo();
  const pairs = [
    { a: 'a', b: 'b', with: [['one', 'two']] },
    { a: 'b', b: 'c', own: [{ lines: '# ' }] },
  ];
  repo.manifest({ pairs }).write('a', 'one\n').write('b', 'two\n').write('c', 'two\n# own\n').settle();
  repo.write('a', 'one\nnew one\n');
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('c'), 'two\n# own\nnew two\n');
  repo.settle();
  repo.write('a', 'other\n');
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.read('b'), 'other\n');
  assert.is(repo.read('c'), 'two\n# own\nnew two\n');
});

test('a fan-out fills in the name of each copy', () => {
  repo = new Repo();
  const pairs = [{ a: 'core/SKILL.md', b: 'dist/{p}/SKILL.md', with: [['name: core', 'name: {p}']] }];
  repo.manifest({ pairs }).write('core/SKILL.md', 'name: core\n').write('dist/x/SKILL.md', 'name: x\n');
  repo.write('dist/y/SKILL.md', 'name: y\n').settle();
  assert.is(repo.dosSync('check').code, 0);
  repo.write('core/SKILL.md', 'name: core\nnew\n');
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('dist/x/SKILL.md'), 'name: x\nnew\n');
  assert.is(repo.read('dist/y/SKILL.md'), 'name: y\nnew\n');
});

test.run();
