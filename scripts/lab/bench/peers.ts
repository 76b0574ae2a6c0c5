// The same small repository for each way to run hooks: ours, the peers from npm, and none.

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { commit, ENVIRONMENT, git, installDosSync, makeRepository, stageManifest } from './repositories.js';
import type { Timed } from './timer.js';

const PACKAGES = ['lefthook', '@j178/prek', 'husky', 'lint-staged@16', 'simple-git-hooks'];
const FILES = 2000;
const PAIRS = 20;

/** Installs the peers. @returns their names and versions. */
export function installPeers(directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...PACKAGES], {
    cwd: directory,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  const named = PACKAGES.map((name) => {
    const bare = name.replace(/(?<=.)@\d+$/, '');
    const text = readFileSync(join(directory, 'node_modules', bare, 'package.json'), 'utf8');
    return `${bare} ${(JSON.parse(text) as { version: string }).version}`;
  });
  return named.join(', ');
}

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

/** 20 pairs of directories, 1,000 of 2,000 files paired. */
function makeOriginal(top: string): void {
  makeRepository(top);
  const perSide = FILES / 4 / (PAIRS / 2);
  for (let at = 0; at < FILES; at += 1) {
    const pair = Math.floor(at / perSide) % (at < FILES / 2 ? PAIRS / 2 : PAIRS);
    const name = at < FILES / 4 ? `live/${pair}` : at < FILES / 2 ? `release/${pair}` : `other/${pair}`;
    put(join(top, name, `${at % (FILES / 4)}.txt`), `${at % (FILES / 4)}\n`);
  }
  const pairs = Array.from({ length: PAIRS / 2 }, (_, at) => [
    { a: `live/${at}`, b: `release/${at}` },
    { a: `other/${at}/twin`, b: `other/${at + PAIRS / 2}/twin` },
  ]).flat();
  git(top, ['add', '-A']);
  stageManifest(top, pairs);
  put(join(top, '.gitignore'), 'node_modules\n');
  git(top, ['add', '-A']);
  commit(top);
}

const LEFTHOOK_SHA = `#!/bin/sh
for p in 0 1 2 3 4 5 6 7 8 9; do
  one=$(cd live/$p && sha256sum * | sha256sum)
  other=$(cd release/$p && sha256sum * | sha256sum)
  [ "$one" = "$other" ] || exit 1
done
`;

type SetUp = (top: string, bin: string) => void;

const run = (top: string, bin: string, program: string, ...args: string[]): void => {
  const env = { ...ENVIRONMENT, PATH: `${bin}:${ENVIRONMENT['PATH']}` };
  const { status, stderr } = spawnSync(join(bin, program), args, { cwd: top, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
};

const ours: SetUp = (top) => installDosSync(top);
const hook =
  (text: string): SetUp =>
  (top) =>
    put(join(top, '.git/hooks/pre-commit'), `#!/bin/sh\n${text}\n`, 0o755);
const husky =
  (line: string): SetUp =>
  (top, bin) => {
    run(top, bin, 'husky');
    put(join(top, '.husky/pre-commit'), `${line}\n`);
  };
const lefthook =
  (line: string): SetUp =>
  (top, bin) => {
    put(join(top, 'lefthook.yml'), `output: false\npre-commit:\n  jobs:\n    - run: ${line}\n`);
    put(join(top, '.git/sha.sh'), LEFTHOOK_SHA, 0o755);
    run(top, bin, 'lefthook', 'install');
  };
const prek: SetUp = (top, bin) => {
  const nothing = 'id: nothing, name: nothing, language: system, entry: "true", files: ^$';
  put(join(top, '.pre-commit-config.yaml'), `repos:\n  - repo: local\n    hooks:\n      - { ${nothing} }\n`);
  git(top, ['add', '.pre-commit-config.yaml']);
  commit(top);
  run(top, bin, 'prek', 'install');
};
const lintStaged: SetUp = (top, bin) => {
  put(join(top, '.lintstagedrc.json'), '{ "*.never": "true" }\n');
  husky('lint-staged')(top, bin);
};

const simpleGitHooks: SetUp = (top, bin) => {
  put(join(top, '.simple-git-hooks.json'), '{ "pre-commit": "true" }\n');
  run(top, bin, 'simple-git-hooks');
};

const WAYS: readonly (readonly [string, SetUp, 'untouched' | 'touched'])[] = [
  ['no hook', () => undefined, 'untouched'],
  ['sh no-op', hook(':'), 'untouched'],
  ['git diff --cached', hook('git diff --cached --quiet; exit 0'), 'untouched'],
  ['husky, nothing to do', husky(':'), 'untouched'],
  ['lefthook, nothing to do', lefthook('"true"'), 'untouched'],
  ['prek, nothing to do', prek, 'untouched'],
  ['simple-git-hooks, nothing to do', simpleGitHooks, 'untouched'],
  ['husky and lint-staged, nothing to do', lintStaged, 'untouched'],
  ['sha256 of all pairs, run by lefthook', lefthook('.git/sha.sh'), 'untouched'],
  ['dos-sync, no pair touched', ours, 'untouched'],
  ['dos-sync, 10 files of pairs staged', ours, 'touched'],
];

/** The pre-commit hook that git starts in this repository; undefined if there is none. */
function readHook(top: string): string | undefined {
  const path = resolve(top, git(top, ['rev-parse', '--git-path', 'hooks/pre-commit']));
  return existsSync(path) && (statSync(path).mode & 0o111) !== 0 ? readFileSync(path, 'utf8') : undefined;
}

/** Commits to time, and the check that each repository still has its hook. */
export interface PeerCommits {
  readonly commands: readonly Timed[];
  /** @throws if one has another hook now: its commits were timed without it. */
  requireHooks(): void;
}

/** A commit of the same change in each of them; each is reverted, untimed. */
export function peerCommits(scratch: string, peers: string): PeerCommits {
  const hooks = new Map<string, string | undefined>();
  const commands = makeCommits(scratch, peers);
  for (const { name, cwd } of commands) hooks.set(name, readHook(cwd));
  const requireHooks = () => {
    for (const { name, cwd } of commands) {
      const found = readHook(cwd);
      if ((found === undefined) === (name === 'no hook') && found === hooks.get(name)) continue;
      throw new Error(`${name}: the hook is not the one that was installed`);
    }
  };
  requireHooks();
  return { commands, requireHooks };
}

function makeCommits(scratch: string, peers: string): Timed[] {
  const original = join(scratch, 'original');
  makeOriginal(original);
  const bin = join(peers, 'node_modules/.bin');
  const env = { ...ENVIRONMENT, PATH: `${bin}:${ENVIRONMENT['PATH']}` };
  return WAYS.map(([name, setUp, kind], at) => {
    const top = join(scratch, `way-${at}`);
    cpSync(original, top, { recursive: true });
    setUp(top, bin);
    git(top, ['reset', '-q', '--hard']);
    for (let file = 0; file < 5; file += 1) {
      if (kind === 'touched')
        for (const side of ['live/0', 'release/0']) put(join(top, side, `${file}.txt`), 'changed\n');
      else put(join(top, 'other/0/1.txt'), 'changed\n');
    }
    git(top, ['add', 'live', 'release', 'other']);
    const after = () => git(top, ['reset', '-q', '--soft', 'HEAD~1']);
    return { name, command: 'git', args: ['commit', '-q', '-m', 'x'], cwd: top, env, after };
  });
}
