// The package managers that install dos-sync in a project, and the commands users type; for
// TypeScript and the hooks' sh.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface PackageManager {
  readonly name: string;
  /**
   * A file with this name beside package.json selects this manager; later entries of the table win.
   */
  readonly locks: readonly string[];
  /** Installs the packages that package.json lists; `locked` if there is a lock file. */
  readonly fetch: string;
  readonly fetchLocked: string;
  /** Runs this project's dos-sync, and never downloads another one. */
  readonly run: string;
}

const NPM: PackageManager = {
  name: 'npm',
  locks: ['npm-shrinkwrap.json', 'package-lock.json'],
  fetch: 'npm install',
  fetchLocked: 'npm ci',
  run: 'npx --no dos-sync',
};

const PACKAGE_MANAGERS: readonly PackageManager[] = [
  NPM,
  same('bun', ['bun.lockb', 'bun.lock'], 'bun install', 'bunx --no-install dos-sync'),
  same('yarn', ['yarn.lock'], 'yarn install', 'yarn dos-sync'),
  same('pnpm', ['pnpm-lock.yaml'], 'pnpm install', 'pnpm exec dos-sync'),
];

function same(name: string, locks: readonly string[], fetch: string, run: string): PackageManager {
  return { name, locks, fetch, fetchLocked: fetch, run };
}

/**
 * The command that runs dos-sync in this directory's project. Like the sh code, it searches from
 * there up to `top`.
 */
export function readRunner(directory: string, top: string): string {
  for (let place = directory; ; place = dirname(place)) {
    const found = managerAt(place);
    if (found) return found.run;
    if (place === top || place === dirname(place)) return NPM.run;
  }
}

/** The command that installs this directory's packages. */
export function readFetch(directory: string): string {
  const { fetch, fetchLocked, locks } = managerAt(directory) ?? NPM;
  return locks.some((lock) => existsSync(join(directory, lock))) ? fetchLocked : fetch;
}

function managerAt(directory: string): PackageManager | undefined {
  const path = join(directory, 'package.json');
  const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';
  const named = /"packageManager"\s*:\s*"(\w+)@/.exec(text)?.[1];
  const locked = ({ locks }: PackageManager) => locks.some((lock) => existsSync(join(directory, lock)));
  return PACKAGE_MANAGERS.find(({ name }) => name === named) ?? PACKAGE_MANAGERS.findLast(locked);
}

/** The table as three pieces of sh, for the hook template. */
export function formatManagersAsShell(): Readonly<Record<'LOCKS' | 'NAMED' | 'MANAGERS', string>> {
  const locks = PACKAGE_MANAGERS.flatMap(({ name, locks }) => locks.map((lock) => `${lock}:${name}`));
  const cases = PACKAGE_MANAGERS.map(({ name, fetch, fetchLocked, run }) => {
    const again = `_dos_sync_again='${run} install'`;
    if (fetch === fetchLocked) return `      ${name}) _dos_sync_fetch='${fetch}' ${again} ;;`;
    return [
      `      ${name})`,
      `        _dos_sync_fetch='${fetch}' ${again}`,
      `        [ -z "$_dos_sync_locked" ] || _dos_sync_fetch='${fetchLocked}'`,
      '        ;;',
    ].join('\n');
  });
  return {
    LOCKS: locks.join(' '),
    NAMED: PACKAGE_MANAGERS.map(({ name }) => `${name}@*`).join(' | '),
    MANAGERS: cases.join('\n'),
  };
}
