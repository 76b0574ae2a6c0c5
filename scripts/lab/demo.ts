// Demonstrates four copies of a skill: a real commit is blocked, the fix is staged, the commit
// passes.
// usage: npm run lab -- demo

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';

const CLI = resolve('dist/cli.js');
const COPIES = ['live', 'release', 'pack', 'plugin'].map((place) => `${place}/skill/SKILL.md`);

const MANIFEST = {
  pairs: [
    { a: 'live', b: 'release' },
    { a: 'release', b: 'pack' },
    { a: 'live', b: 'plugin' },
  ],
  fix_direction: 'live_to_submodule',
};

const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-demo-'));
// Isolated from the user's git: no hooks, no signing, no identity needed.
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  HOME: scratch,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Demo',
  GIT_AUTHOR_EMAIL: 'demo@example.invalid',
  GIT_COMMITTER_NAME: 'Demo',
  GIT_COMMITTER_EMAIL: 'demo@example.invalid',
};
const repository = join(scratch, 'repository');

/** Runs a command as typed, shows it and its output, and requires its exit code. */
async function type(command: string, expected = 0): Promise<void> {
  process.stdout.write(`\n$ ${command}\n`);
  // A separate session without a terminal, so that the hook prints the command instead of asking.
  const options = { cwd: repository, env, extendEnv: false, all: true, reject: false, detached: true } as const;
  const result = await execa('sh', ['-c', command], { ...options, stdin: 'ignore' });
  if (result.all) process.stdout.write(`${result.all}\n`);
  if (result.exitCode !== expected) throw new Error(`exit code ${result.exitCode}, not ${expected}: ${command}`);
}

function edit(path: string, content: string): void {
  const file = join(repository, path);
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

try {
  mkdirSync(repository);
  await type('git init --quiet --initial-branch=main');
  edit('.dos-sync-manifest.json', `${JSON.stringify(MANIFEST, null, 2)}\n`);
  for (const copy of COPIES) edit(copy, '# Skill\n');
  await type(`node '${CLI}' install`);
  await type('git add --all && git commit --quiet -m "four copies of a skill"');
  process.stdout.write('\n# One copy is edited, the other three are forgotten.\n');
  edit('live/skill/SKILL.md', '# Skill, second edition\n');
  await type('git add live && git commit -m "edit the skill"', 1);
  process.stdout.write('\n# The printed command stages the fix, down the whole chain.\n');
  await type('git dos-sync fix --staged live/skill/SKILL.md');
  await type('git commit -m "edit the skill"');
  await type('git dos-sync check');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
