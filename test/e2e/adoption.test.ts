// Three repositories adopt dos-sync at a real terminal; what is typed is what is printed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { putDependency, TypedShell } from '../support/typed-shell.js';

const OURS = { 'dos-sync': 'dist/cli.js', 'git-dos-sync': 'dist/cli.js', 'dos-sync-hook': 'dist/dos-sync-hook' };

interface Fixture {
  repo: Repo;
  shell: TypedShell;
}

const test = suite<Fixture>('adoption');

test.before.each((context) => {
  context.repo = new Repo();
  putDependency(context.repo, 'dos-sync', OURS);
  context.repo.write('.gitignore', 'node_modules\n');

  context.shell = new TypedShell(context.repo);
});
test.after.each(async ({ repo, shell }) => {
  await shell.end();
  repo.remove();
});

function text(name: string): string {
  return Array.from({ length: 40 }, (_, at) => `line ${at} of ${name}, long enough to count\n`).join('');
}

test('a Node repository: documents on the web, a licence in each package', async ({ repo, shell }) => {
  repo.write('package.json', '{ "name": "x", "private": true, "devDependencies": { "dos-sync": "*" } }\n');
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    repo.write(`docs/${name}.md`, text(name)).write(`web/${name}.md`, text(name));
  }
  for (const place of ['', 'packages/api/', 'packages/cli/', 'packages/core/', 'packages/web/']) {
    repo.write(`${place}LICENSE`, text('MIT'));
    if (place !== '') repo.write(`${place}index.ts`, text(place));
  }
  repo.settle();
  for (const place of ['docs', 'web']) repo.write(`${place}/one.md`, `${text('one')}more\n`);
  repo.settle();
  repo.write('docs/two.md', `${text('two')}later\n`).settle();
  const init = await shell.must('npx dos-sync init', 'a', 'a', 'y', 'y');
  await finish({ repo, shell }, init);
  await addBoth({ repo, shell }, ['docs/six.md', 'web/six.md'], ['packages/new/LICENSE']);
  await forget({ repo, shell }, 'docs/one.md', 'web/one.md');
  await forget({ repo, shell }, 'LICENSE', 'packages/core/LICENSE');
});

test('a team with husky: its line is committed with the manifest', async ({ repo, shell }) => {
  putDependency(repo, 'husky', { husky: 'bin.js' });
  const scripts = { prepare: 'husky' };
  repo.write(
    'package.json',
    `${JSON.stringify({ name: 'x', scripts, devDependencies: { 'dos-sync': '*', husky: '9' } })}\n`,
  );
  repo.write('.husky/pre-commit', 'echo tested\n');
  for (const place of ['server/src', 'web/src/lib']) repo.write(`${place}/api-types.ts`, text('types'));
  for (const name of ['AGENTS.md', 'CLAUDE.md']) repo.write(name, text('rules'));
  repo.settle();
  await shell.must('npm run prepare');
  const init = await shell.must('npx dos-sync init', 'a', 'a', 'y');
  assert.match(init, 'git add .husky/pre-commit .husky/pre-merge-commit .husky/pre-push');
  await finish({ repo, shell }, init);
  assert.match(repo.show('HEAD:.husky/pre-commit'), /^echo tested\ndos-sync-hook pre-commit /);
  for (const paths of [
    ['AGENTS.md', 'CLAUDE.md'],
    ['server/src/api-types.ts', 'web/src/lib/api-types.ts'],
  ]) {
    for (const path of paths) repo.write(path, text('new'));
    await shell.must('git commit -am "both places"');
  }
  await forget({ repo, shell }, 'AGENTS.md', 'CLAUDE.md');
});

const SKILLS = ['Atlas', 'Beacon', 'Cipher', 'Delta', 'Ember'];

function placesOf(skill: string): readonly string[] {
  return [`skills/${skill}`, `.agents/skills/${skill}`, `Packs/${skill}/src`, `releases/current/skills/${skill}`];
}

test('skills in four places: live, released, packed and for another tool', async ({ repo, shell }) => {
  for (const skill of SKILLS) {
    for (const place of placesOf(skill)) {
      repo.write(`${place}/SKILL.md`, text(skill)).write(`${place}/scripts/run.py`, text(`run ${skill}`));
    }
    for (const name of ['README.md', 'package.json']) repo.write(`Packs/${skill}/${name}`, text(`${name} ${skill}`));
  }
  repo.write('skills/Draft/SKILL.md', text('Draft')).settle();
  for (const place of placesOf('Atlas')) repo.write(`${place}/SKILL.md`, `${text('Atlas')}more\n`);
  repo.settle();
  repo.write('skills/Beacon/SKILL.md', `${text('Beacon')}later\n`).settle();
  const init = await shell.must('npx dos-sync init', 'a', 'a', 'a', 'y', 'y');
  await finish({ repo, shell }, init);
  await addBoth(
    { repo, shell },
    placesOf('Atlas').map((place) => `${place}/notes.md`),
    placesOf('Draft').map((place) => `${place}/SKILL.md`),
  );
  await forget({ repo, shell }, 'skills/Delta/SKILL.md', 'Packs/Delta/src/SKILL.md');
});

/** Types what `init` prints as the next step; then everything is in sync. */
async function finish({ repo, shell }: Fixture, init: string): Promise<void> {
  const commands = [...init.matchAll(/^ {2}(?:stage|see|commit) [^:]+: +(.*)$/gm)].map(([, command = '']) => command);
  assert.match(commands.at(-1) ?? '', /^git commit /);
  for (const command of commands) await shell.must(command);
  assert.match(await shell.must('git dos-sync check'), 'in sync: ');
  assert.is(repo.status(), '');
}

/** New files in all of their places: the commit is not blocked. */
async function addBoth({ repo, shell }: Fixture, ...kinds: readonly (readonly string[])[]): Promise<void> {
  for (const paths of kinds) {
    const content = paths[0]?.endsWith('LICENSE') ? text('MIT') : text(`new ${paths[0]}`);
    for (const path of paths) repo.write(path, content);
    await shell.must('git add -A');
    await shell.must(`git commit -m "add ${paths[0]}"`);
  }
}

/** An edit in one place: the commit is blocked; what `check` prints, typed, leads to a commit. */
async function forget({ repo, shell }: Fixture, path: string, copy: string): Promise<void> {
  repo.write(path, `${repo.read(path)}edited\n`);
  await shell.must(`git add ${path}`);
  const { code, printed } = await shell.run('git commit -m edit', '');
  assert.is(code, 1);
  assert.match(printed, `${path} is staged, but its `);
  assert.match(printed, copy);
  const said = await shell.run('git dos-sync check --staged');
  const [, fix = ''] = /^ {2}> (.*?) +# /m.exec(said.printed) ?? [];
  await shell.must(fix);
  await shell.must('git commit -m edit');
  assert.is(repo.show(`HEAD:${copy}`), repo.read(path));
}

test.run();
