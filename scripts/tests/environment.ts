// The environment of a test, isolated from this machine's git, terminal, language, home and
// dos-sync.

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const KEPT = ['SHELL', 'NODE_EXTRA_CA_CERTS', 'SYSTEMROOT'];
const OWN_PROGRAMS = ['dos-sync', 'dos-sync-hook', 'git-dos-sync', 'sync-check'];

const CONFIG = `[user]
	name = A Tester
	email = tester@example.invalid
[init]
	defaultBranch = main
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol "file"]
	allow = always
`;

/** Writes a home for one process of tests. @returns the process's environment; its TMPDIR is
 * `home/tmp`. */
export function makeEnvironment(home: string): NodeJS.ProcessEnv {
  const scratch = join(home, 'tmp');
  mkdirSync(scratch);
  writeFileSync(join(home, '.gitconfig'), CONFIG);
  const kept = KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return {
    ...Object.fromEntries(kept),
    PATH: pathWithoutOwnPrograms(home),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'dumb',
    TMPDIR: scratch,
  };
}

/** PATH; directories that contain a dos-sync are replaced by links to everything else in them. */
function pathWithoutOwnPrograms(home: string): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const cleaned = directories.map((directory, at) => {
    const names = namesIn(directory);
    if (!names.some((name) => OWN_PROGRAMS.includes(name))) return directory;
    const links = join(home, `.programs-${at}`);
    mkdirSync(links);
    for (const name of names) {
      if (!OWN_PROGRAMS.includes(name)) symlinkSync(join(directory, name), join(links, name));
    }
    return links;
  });
  return cleaned.join(delimiter);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
