// A repository of skills in three places, with a history in which some of them drift.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';

const PLACES = ['skills', 'pack/skills', '.claude/skills'];
const PACKAGES = ['api', 'cli', 'web'];
const PEOPLE = ['Ada', 'Grace', 'Linus'];
const DAY = 86_400;
const FIRST = 1_767_787_200;

/** Writes and commits it in an empty directory. `env` must not depend on the user's git. */
export function buildSkills(directory: string, names: readonly string[], env: NodeJS.ProcessEnv): void {
  let commits = 0;
  const git = (words: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    execaSync('git', words, { cwd: directory, env: { ...env, ...more }, extendEnv: false });
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  const commit = (subject: string) => {
    const [who = '', date] = [PEOPLE[commits % PEOPLE.length], `${FIRST + commits * 3 * DAY} +0000`];
    commits += 1;
    git(['add', '-A']);
    const role = { GIT_AUTHOR_NAME: who, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    git(['commit', '-q', '--no-verify', '-m', subject], role);
  };
  git(['init', '-q', '-b', 'main']);
  write('.dos-sync-manifest.json', `${JSON.stringify(manifestOf(names), null, 2)}\n`);
  for (const place of PLACES) {
    for (const name of names) {
      write(`${place}/${name}/SKILL.md`, `# ${name}\n`);
      write(`${place}/${name}/scripts/run.py`, `print("${name}")\n`);
    }
  }
  for (const place of ['.', ...PACKAGES.map((name) => `packages/${name}`)]) write(`${place}/LICENSE`, 'MIT\n');
  commit('add the skills');
  for (const [at, name] of names.entries()) if (at % 8 === 1) letDrift(name, at, write, commit);
}

/** Two of three edits forget a copy; the third is carried to all. */
function letDrift(
  name: string,
  at: number,
  write: (path: string, content: string) => void,
  commit: (subject: string) => void,
): void {
  const text = `# ${name}\n\nSecond edition.\n`;
  const places = at % 3 === 0 ? [PLACES] : at % 3 === 1 ? [PLACES.slice(0, 1)] : [PLACES.slice(0, 2)];
  for (const place of places.flat()) write(`${place}/${name}/SKILL.md`, text);
  commit(`revise ${name}`);
}

function manifestOf(names: readonly string[]): object {
  const elsewhere = names.map((name) => ({ a: `skills/${name}`, b: `.claude/skills/${name}` }));
  return {
    pairs: [{ a: 'skills', b: 'pack/skills' }, ...elsewhere, { a: 'LICENSE', b: 'packages/{package}/LICENSE' }],
    fix_direction: 'live_to_submodule',
  };
}
