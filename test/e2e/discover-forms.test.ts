import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('what discover declares: its forms, and what a commit makes of them');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

/** Different content for each name, long enough not to be a coincidence. */
function content(name: string): string {
  return Array.from({ length: 30 }, (_, at) => `${name}: line ${at} of a file that somebody wrote\n`).join('');
}

function write(names: Readonly<Record<string, string>>): void {
  for (const [path, name] of Object.entries(names)) repo.write(path, content(name));
}

interface Found {
  readonly likely: boolean;
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly exclude: readonly string[] }[];
  readonly different: readonly object[];
}

function found(): readonly Found[] {
  return (JSON.parse(repo.dosSync('discover', '--json').stdout) as { proposals: readonly Found[] }).proposals;
}

function likely(): string[] {
  const pairs = found().flatMap((proposal) => (proposal.likely ? proposal.pairs : []));
  return pairs.map(({ a, b }) => `${a} -> ${b}`).sort();
}

/** Declares every likely proposal, and commits the manifest. */
function declare(): void {
  const { code, stderr } = repo.dosSync('discover', '--write');
  assert.is(code, 0, stderr);
  repo.settle('declared');
  repo.hooks();
}

function summary(): string {
  return (repo.dosSync('check').stdout.split('\n')[0] ?? '').replace(', 0 drifted, 0 missing', '');
}

function commits(message = 'change'): boolean {
  repo.git('add', '-A');
  return repo.tryGit('commit', '-qm', message).code === 0;
}

test('a fan-out covers the equal files; others of that name are excluded by their place, and listed', () => {
  for (const name of ['a', 'b', 'c', 'd']) write({ [`skills/${name}/LICENSE.txt`]: 'the licence' });
  for (const name of ['x', 'y']) write({ [`skills/${name}/LICENSE.txt`]: `the licence of ${name}` });
  repo.settle();
  assert.match(repo.dosSync('discover').stdout, '3 copies, 2 never equal\n      exclude    skills/x, skills/y\n');
  declare();
  assert.is(summary(), 'in sync: 3 identical');
  write({ 'skills/x/LICENSE.txt': 'x has another one' });
  assert.ok(commits(), 'what is excluded is not asked about');
  write({ 'skills/b/LICENSE.txt': 'b alone' });
  assert.not.ok(commits(), 'a copy is guarded');
});

test('the executable bit counts: an equal text that is not executable is another file', () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) write({ [`bin/${name}/start.sh`]: 'start' });
  repo.git('add', '-A');
  for (const name of ['a', 'b', 'c', 'd']) repo.git('update-index', '--chmod=+x', `bin/${name}/start.sh`);
  repo.git('commit', '-qm', 'some can be run');
  repo.git('checkout', '-q', '-f', 'HEAD', '--', '.');
  assert.equal(found()[0]?.pairs, [{ a: 'bin/a/start.sh', b: 'bin/{name}/start.sh', exclude: ['bin/e'] }]);
  declare();
  assert.is(summary(), 'in sync: 3 identical');
});

test('the file at the top is the source, also if only it was edited since', () => {
  for (const name of ['a', 'b', 'c', 'd']) write({ [`packages/${name}/LICENSE`]: 'MIT' });
  write({ LICENSE: 'MIT' });
  repo.settle();
  assert.equal(likely(), ['LICENSE -> packages/{name}/LICENSE']);
  write({ LICENSE: 'MIT, another year' });
  repo.settle();
  assert.equal(likely(), ['LICENSE -> packages/{name}/LICENSE']);
  declare();
  assert.is(summary(), 'out of sync: 0 identical, 4 drifted, 0 missing');
});

test('the source is the one that the others followed, whatever its place', () => {
  const names = ['one.h', 'two.h', 'three.h'];
  for (const name of names) write({ [`packages/engine/native/${name}`]: name, [`bindings/${name}`]: name });
  repo.settle();
  assert.equal(likely(), ['bindings -> packages/engine/native'], 'nothing but the depth says which');
  for (const name of names) {
    write({ [`packages/engine/native/${name}`]: `${name}, edited` });
    repo.settle();
    write({ [`bindings/${name}`]: `${name}, edited` });
    repo.settle();
  }
  assert.equal(likely(), ['packages/engine/native -> bindings']);
});

test('a place that a tool or a build fills is not a source, even if it is nearer to the top', () => {
  for (const derived of ['.agents/kit', '.grok/kit', '.cursor/kit', 'dist/kit', 'build/kit']) {
    for (const name of ['a', 'b', 'c']) {
      write({ [`sources/of/the/kit/${name}`]: name, [`${derived}/${name}`]: name });
    }
    repo.settle(derived);
    assert.equal(
      likely().filter((pair) => pair.startsWith('.') || /^(?:dist|build)/.test(pair)),
      [],
    );
  }
});

/** skills/ with eight entries; three of them are also in .agents/skills/. */
function someShared(): void {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const name of all) write({ [`skills/${name}/SKILL.md`]: name, [`skills/${name}/run.py`]: `${name} runs` });
  for (const name of ['a', 'b', 'c']) {
    write({ [`.agents/skills/${name}/SKILL.md`]: name, [`.agents/skills/${name}/run.py`]: `${name} runs` });
  }
  repo.settle();
}

test('directories that share some of their children are paired child by child', () => {
  someShared();
  assert.equal(likely(), ['skills/{Name} -> .agents/skills/{Name}']);
  declare();
  assert.ok(repo.read('.dos-sync-manifest.json').length < 500);
  assert.is(summary(), 'in sync: 6 identical');
  write({ 'skills/new/SKILL.md': 'new' });
  assert.ok(commits(), 'a new child of one side is nobody else’s');
  write({ '.agents/skills/other/SKILL.md': 'other' });
  assert.ok(commits(), 'on either side');
  write({ 'skills/a/SKILL.md': 'a, edited' });
  assert.not.ok(commits(), 'a shared child is guarded');
});

test('a child that both have and that was never equal is excluded by its place', () => {
  someShared();
  write({ '.agents/skills/h/SKILL.md': 'another h', '.agents/skills/h/run.py': 'another h runs' });
  repo.settle();
  assert.equal(found()[0]?.pairs, [{ a: 'skills/{Name}', b: '.agents/skills/{Name}', exclude: ['.agents/skills/h'] }]);
  declare();
  assert.is(summary(), 'in sync: 6 identical');
  write({ 'skills/h/SKILL.md': 'h, edited' });
  assert.ok(commits());
});

test('single files that two directories share are paired name by name too', () => {
  for (const name of ['a.md', 'b.md', 'c.md', 'd.md', 'e.md', 'f.md', 'g.md']) write({ [`commands/${name}`]: name });
  for (const name of ['a.md', 'b.md', 'c.md']) write({ [`.codex/prompts/${name}`]: name });
  repo.settle();
  assert.equal(likely(), ['commands/{Name} -> .codex/prompts/{Name}']);
  declare();
  write({ 'commands/new.md': 'new' });
  assert.ok(commits());
});

const TOOLS = ['.agents', '.cursor', '.gemini', '.codex', '.kiro', '.roo', '.trae'];

test('many copies of a tree are one proposal, with one manifest line if a template fits', () => {
  const names = ['guide.md', 'lib/run.py', 'lib/parse.py', 'data.csv'];
  for (const place of ['tools/helper/skill', ...TOOLS.map((tool) => `plugins/${tool}/helper`)]) {
    for (const name of names) write({ [`${place}/${name}`]: name });
    write({ [`${place}/SKILL.md`]: `for ${place}` });
  }
  repo.settle();
  assert.is(found().filter((proposal) => proposal.likely).length, 1);
  assert.equal(likely(), ['tools/helper/skill -> plugins/{name}/helper']);
  declare();
  assert.is(summary(), `in sync: ${TOOLS.length * names.length} identical`);
  assert.ok(repo.read('.dos-sync-manifest.json').length < 300);
  for (const name of names) write({ [`plugins/.windsurf/helper/${name}`]: name });
  write({ 'plugins/.windsurf/helper/SKILL.md': 'for .windsurf' });
  assert.ok(commits(), 'one more copy');
  write({ 'tools/helper/skill/data.csv': 'edited' });
  assert.not.ok(commits(), 'an edit of the source reaches all copies');
});

test('one copy that lacks a file, and one with additional files, are left out there', () => {
  for (const place of ['kit', ...['a', 'b', 'c', 'd', 'e'].map((app) => `apps/${app}/src/kit`)]) {
    for (const name of ['one', 'two', 'three', 'four']) write({ [`${place}/${name}`]: name });
  }
  repo.delete('apps/a/src/kit/four');
  write({ 'apps/b/src/kit/more/own': 'own' });
  repo.settle();
  assert.equal(found()[0]?.pairs, [
    { a: 'kit', b: 'apps/{name}/src/kit', exclude: ['apps/a/src/kit/four', 'apps/b/src/kit/more'] },
  ]);
  declare();
  assert.is(summary(), 'in sync: 19 identical');
});

test('instructions under two names in many packages are one template', () => {
  for (const place of ['', 'packages/a/', 'packages/b/', 'packages/c/']) {
    write({ [`${place}AGENTS.md`]: `rules of ${place}`, [`${place}CLAUDE.md`]: `rules of ${place}` });
  }
  write({ 'packages/d/AGENTS.md': 'rules of d', 'packages/d/CLAUDE.md': 'others' });
  repo.settle();
  assert.equal(likely(), ['AGENTS.md -> CLAUDE.md', 'packages/{Name}/AGENTS.md -> packages/{Name}/CLAUDE.md']);
  declare();
  assert.is(summary(), 'in sync: 4 identical');
});

test('stubs with different texts are not likely, also if some are still unwritten', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  for (const name of names) write({ [`plugins/${name}/guide.md`]: 'to be written', [`plugins/${name}/x.ts`]: name });
  repo.settle();
  for (const name of names.slice(0, 5)) {
    write({ [`plugins/${name}/guide.md`]: `the guide of ${name}` });
    repo.settle();
  }
  assert.equal(likely(), []);
  for (const name of names.slice(5)) {
    write({ [`plugins/${name}/guide.md`]: `the guide of ${name}` });
    repo.settle();
  }
  assert.equal(likely(), []);
});

test('each proposal can be written after any other', () => {
  someShared();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    write({ [`packages/${name}/LICENSE`]: 'MIT', [`packages/${name}/AGENTS.md`]: name });
    write({ [`packages/${name}/CLAUDE.md`]: name, [`skills/${name}/LICENSE`]: 'MIT' });
  }
  write({ LICENSE: 'MIT', '.cursor/skills/a/SKILL.md': 'a', '.cursor/skills/b/SKILL.md': 'b' });
  repo.settle();
  const count = found().length;
  assert.ok(count > 3);
  const numbers = Array.from({ length: count }, (_, at) => `${at + 1}`);
  const { code, stdout } = repo.dosSync('discover', '--write', ...numbers.reverse());
  assert.is(code, 0, stdout);
  assert.match(summary(), /^in sync: /);
  repo.delete('.dos-sync-manifest.json');
  repo.git('add', '-A');
  for (const _ of numbers) assert.is(repo.dosSync('discover', '--write', '1').code, 0);
  assert.equal(found(), []);
  assert.match(summary(), /^in sync: /);
});

test('where a fix copies from b to a, each copy is a pair with the source as its b', () => {
  for (const name of ['a', 'b', 'c', 'd']) write({ [`packages/${name}/LICENSE`]: 'MIT' });
  write({ LICENSE: 'MIT', 'x/f': 'f', 'y/f': 'f' });
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }], fix_direction: 'submodule_to_live' });
  repo.settle();
  const pairs = ['a', 'b', 'c', 'd'].map((name) => `packages/${name}/LICENSE -> LICENSE`);
  assert.equal(likely(), pairs);
  declare();
  assert.is(summary(), 'in sync: 5 identical');
});

test.run();
