// Builds dist/ if it is missing or older than its sources.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { execaSync } from 'execa';

const SOURCES = ['src', 'hooks', 'templates', 'package.json', 'package-lock.json', 'tsconfig.types.json'];
const BUILDERS = ['build', 'licences', 'man', 'schema'].map((name) => `scripts/${name}.ts`);
/** The last file that each of the two build steps writes. */
const LAST_MADE = ['dist/git-dos-sync.1', 'dist/types/src/index.d.ts'];

export type BuildState = 'missing' | 'stale' | 'fresh';

export function stateOfBuild(): BuildState {
  if (!LAST_MADE.every((file) => existsSync(file))) return 'missing';
  const made = Math.min(...LAST_MADE.map(changedAt));
  return [...SOURCES, ...BUILDERS].flatMap(withAllBelow).some((path) => changedAt(path) > made) ? 'stale' : 'fresh';
}

export function buildUnlessFresh(): void {
  if (stateOfBuild() === 'fresh') return;
  process.stdout.write('dist/ is missing or older than its sources: building\n');
  execaSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}

function changedAt(path: string): number {
  return statSync(path).mtimeMs;
}

/** The path and everything below it: deleting a file changes its directory. */
function withAllBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`)];
}
