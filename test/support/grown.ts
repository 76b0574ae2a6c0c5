// A repository of some hundred files that has grown for a while, with copies that nobody declared.

import type { Repo } from './repo.js';

const TOPICS = ['guide', 'api', 'faq'];
const PAGES = Array.from({ length: 20 }, (_, at) => `page-${at + 1}.md`);
const PACKAGES = Array.from({ length: 24 }, (_, at) => `part-${at + 1}`);
const SKILLS = ['audit', 'build', 'check', 'deploy', 'explain', 'format', 'guard', 'help', 'index', 'join'];
const LANGUAGES = ['en', 'de', 'fr'];

function text(name: string): string {
  return Array.from({ length: 40 }, (_, at) => `line ${at} of ${name}, long enough to count\n`).join('');
}

function append(repo: Repo, line: string, ...paths: readonly string[]): void {
  for (const path of paths) repo.write(path, `${repo.read(path)}${line}\n`);
}

/** Pages in two places, a licence in each package, skills in their plugins; and their history. */
export function writeGrown(repo: Repo): void {
  writeFirst(repo);
  repo.settle('first');
  for (const page of PAGES.slice(0, 6)) {
    append(repo, 'more', `docs/guide/${page}`, `site/content/guide/${page}`);
    repo.settle(`edit ${page}`);
  }
  append(repo, 'step', 'skills/audit/SKILL.md', 'plugins/audit/skill/SKILL.md');
  repo.settle('a step of audit');
  // What was forgotten.
  append(repo, 'later', 'docs/api/page-7.md', 'docs/faq/page-3.md');
  append(repo, 'a new step', 'skills/deploy/SKILL.md');
  repo.settle('describe the new call');
}

function writeFirst(repo: Repo): void {
  repo.write('package.json', '{ "name": "project", "private": true, "devDependencies": { "dos-sync": "*" } }\n');
  repo.write('.gitignore', 'node_modules\n');
  for (const path of TOPICS.flatMap((topic) => PAGES.map((page) => `${topic}/${page}`))) {
    for (const place of ['docs', 'site/content']) repo.write(`${place}/${path}`, text(path));
  }
  for (const place of ['.', ...PACKAGES.map((name) => `packages/${name}`)]) repo.write(`${place}/LICENSE`, text('MIT'));
  for (const name of PACKAGES) {
    for (const file of ['package.json', 'src/index.ts', 'README.md']) {
      repo.write(`packages/${name}/${file}`, text(`${file} of ${name}`));
    }
  }
  for (const name of SKILLS) {
    const places = [`skills/${name}`, ...(SKILLS.indexOf(name) < 7 ? [`plugins/${name}/skill`] : [])];
    for (const place of places) {
      for (const file of ['SKILL.md', 'run.py']) repo.write(`${place}/${file}`, text(`${file} of ${name}`));
    }
    if (places.length > 1) repo.write(`plugins/${name}/plugin.json`, text(`plugin ${name}`));
  }
  for (const name of ['AGENTS.md', 'CLAUDE.md']) repo.write(name, text('rules'));
  for (const language of LANGUAGES) {
    for (const file of ['common.json', 'errors.json']) {
      repo.write(`site/locales/${language}/${file}`, text(language === 'de' ? `${file} in German` : file));
    }
  }
}
