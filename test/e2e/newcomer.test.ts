// A newcomer types the README at a real terminal, line by line, in three kinds of repository; then
// a colleague clones it.

import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommands } from '../support/printed.js';
import { Registry } from '../support/registry.js';
import { Repo } from '../support/repo.js';
import { blocks, withoutIds } from '../support/session.js';
import { replayTyped, TypedShell } from '../support/typed-shell.js';

const README = readFileSync('README.md', 'utf8');
const [SET_UP = '', BLOCKED = ''] = blocks('README.md', 'console');

interface Fixture {
  repo: Repo;
  /** In `repo`. */
  shell: TypedShell;
}

const test = suite<Fixture>('a newcomer with the README');

let registry: Registry;

test.before(async () => {
  registry = await Registry.start();
});
test.after(() => registry.stop());

test.before.each((context) => {
  context.repo = new Repo();
  Object.assign(context.repo.env, registry.environment(), { GIT_EDITOR: 'echo edited >' });
  context.shell = new TypedShell(context.repo);
});
test.after.each(async ({ repo, shell }) => {
  await shell.end();
  repo.remove();
});

test('plain Node, from an empty directory: the screen is what the README shows', async ({ repo, shell }) => {
  const screen = await replayTyped(shell, SET_UP, [[repo.top, '/home/ada/shop']]);
  assert.is(withoutIds(screen), withoutIds(SET_UP));
  await isGuarded({ repo, shell });
  await cloneAndForget(shell, 'with npm alone');
});

test('a team with husky', async ({ repo, shell }) => {
  const scripts = { prepare: 'husky' };
  repo.write('package.json', `${JSON.stringify({ name: 'team', scripts, devDependencies: { husky: '9' } })}\n`);
  repo.write('.gitignore', 'node_modules\n').write('.husky/pre-commit', 'echo tested\n').settle();
  await shell.must('npm install');
  const [, ...lines] = commandsOf(SET_UP);
  for (const line of lines.filter((each) => !each.startsWith('npm pkg '))) {
    const printed = await shell.must(line, ...(line.endsWith(' init') ? ['y'] : []));
    assert.not.match(printed, 'npm pkg set');
    const [, stage] = /^ {2}stage the hooks: +(.*)$/m.exec(printed) ?? [];
    if (stage !== undefined) await shell.must(stage);
  }
  assert.match(repo.show('HEAD:.husky/pre-commit'), /^echo tested\ndos-sync-hook pre-commit /);
  await isGuarded({ repo, shell }, 'tested\n');
  await cloneAndForget(shell, 'with husky');
});

test('Python, with skills in four places: live, packed, in the manual and in a submodule', async (fixture) => {
  const { repo, shell } = fixture;
  const release = new Repo();
  try {
    writeSkills(repo, release);
    for (const word of ['npm i -g dos-sync', 'git dos-sync init']) assert.match(README, `\`${word}\``);
    await shell.must('npm i -g dos-sync');
    const [, , ...lines] = commandsOf(SET_UP);
    for (const line of lines.filter((each) => !each.startsWith('npm pkg '))) {
      await shell.must(line.replace('npx dos-sync', 'git dos-sync'), ...(line.endsWith(' init') ? ['a', 'y'] : []));
    }
    await isGuarded(fixture);
    await forgetSkill(fixture);
    await cloneAndForget(shell, 'without Node');
  } finally {
    release.remove();
  }
});

const SKILLS = ['audit', 'build', 'deploy'];
const COPIES = ['packs', 'manual/skills'];
const LAYOUT = ['.claude/skills', ...COPIES];

/** The live skills, then their copies; each is edited twice, in all places. */
function writeSkills(repo: Repo, release: Repo): void {
  const write = (to: Repo, place: string) => {
    for (const path of SKILLS.flatMap((skill) => [`${skill}/SKILL.md`, `${skill}/run.py`])) {
      const lines = Array.from({ length: 40 }, (_, at) => `line ${at} of ${path}, long enough to count\n`);
      to.write(`${place}/${path}`, lines.join(''));
    }
    to.settle(place);
  };
  for (const place of LAYOUT) write(repo, place);
  write(release, 'skills');
  for (const edit of ['more', 'still more']) {
    for (const [to, place] of [...LAYOUT.map((each) => [repo, each] as const), [release, 'skills'] as const]) {
      const path = `${place}/audit/SKILL.md`;
      to.write(path, `${to.read(path)}${edit}\n`).settle(`${edit} in ${place}`);
    }
  }
  repo.write('pyproject.toml', '[project]\nname = "team"\n');
  repo.git('submodule', '--quiet', 'add', release.top, 'releases');
  repo.settle();
}

/** The live skill is edited: the offer fixes two copies, printed commands the submodule. */
async function forgetSkill({ repo, shell }: Fixture): Promise<void> {
  const commit = 'git commit -a -m "one more step"';
  await shell.must('git dos-sync add .claude/skills releases/skills');
  await shell.must('git commit -m "the release too"');
  await shell.must('echo "One more step." >> .claude/skills/audit/SKILL.md');
  const { code, printed } = await shell.run(commit, 'f');
  assert.is(code, 1);
  assert.match(printed, '.claude/skills/audit/SKILL.md is staged, but its 3 copies are not:');
  const [, check = ''] = /how to fix it: (.*)$/m.exec(printed) ?? [];
  const [fix = ''] = commandsIn((await shell.run(check)).printed);
  const next = commandsIn(await shell.must(fix));
  assert.is(next.length, 2);
  for (const command of next) await shell.must(command);
  await shell.must(commit);
  for (const place of COPIES) assert.match(repo.show(`HEAD:${place}/audit/SKILL.md`), 'One more step.');
  assert.match(repo.git('-C', 'releases', 'show', 'HEAD:skills/audit/SKILL.md'), 'One more step.');
  assert.match(await shell.must('git dos-sync check'), 'in sync: ');
  assert.is(repo.status(), '');
}

function commandsIn(screen: string): readonly string[] {
  return printedCommands({ code: 0, stdout: screen, stderr: '' });
}

function commandsOf(session: string): string[] {
  return [...session.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
}

/** The README's blocked commit; `before`: what other hooks print first. */
async function isGuarded({ repo, shell }: Fixture, before = ''): Promise<void> {
  const screen = await replayTyped(shell, BLOCKED, []);
  assert.is(withoutIds(screen).replace(before, ''), withoutIds(BLOCKED));
  assert.is(repo.show('HEAD:web/api.md'), '# API\nA new call.\n');
  assert.is(repo.status(), '');
}

/** What the README's table says for this kind; then a forgotten copy, and the printed command. */
async function cloneAndForget(shell: TypedShell, kind: string): Promise<void> {
  const row = README.split('\n').find((line) => line.startsWith(`| ${kind} `)) ?? '';
  const commands = [...(row.split(' | ')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
  assert.ok(commands.length > 0, row);
  await shell.must('git clone -q . .git/colleague && cd .git/colleague');
  for (const command of commands) await shell.must(command);
  await shell.must('echo "Another call." >> docs/api.md');
  const commit = 'git commit -a -m "another call"';
  const blocked = await shell.run(`setsid -w ${commit} 2>&1`);
  assert.is(blocked.code, 1, blocked.printed);
  const [fix = ''] = commandsIn(blocked.printed);
  // husky's own script sets no alias, so the form that works in this clone is printed.
  assert.match(fix, kind === 'with husky' ? /^npx --no dos-sync fix / : /^git dos-sync fix /);
  await shell.must(fix);
  await shell.must(commit);
  assert.match(await shell.must('git show HEAD:web/api.md'), 'Another call.');
}

test('every link of the README leads somewhere, also on npm', () => {
  const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository: { url: string } };
  // Packing makes the relative links absolute, by this address.
  assert.match(repository.url, /^git\+https:\/\/github\.com\/.*\.git$/);
  const links = [...README.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  assert.equal(
    links.filter((link) => !link.startsWith('https://') && !existsSync(link)),
    [],
  );
});

test.run();
