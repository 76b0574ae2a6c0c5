// What doctor says about a repository.

import * as assert from 'uvu/assert';
import { CLI, Repo } from './repo.js';

/** One pair in sync, without hooks. */
export function examinedRepo(): Repo {
  const repo = new Repo();
  repo.delete('.git/hooks');
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/x', '1').write('release/x', '1').settle();
  return repo;
}

interface Note {
  readonly probe: string;
  readonly level: string;
  readonly says: string;
  readonly next?: string;
}

export function examine(repo: Repo, cwd = '.'): { code: number; notes: Note[] } {
  const { code, stdout, stderr } = repo.run(process.execPath, [CLI, 'doctor', '--json'], { cwd });
  assert.is(stderr, '');
  const { schema_version, exit_code, notes } = JSON.parse(stdout);
  assert.is(schema_version, 1);
  assert.is(exit_code, code);
  return { code, notes };
}

/** Doctor's problems and warnings: `probe: sentence`, without the scratch directory's name. */
export function complaints(repo: Repo): string[] {
  const { notes } = examine(repo);
  return notes
    .filter(({ level }) => level !== 'ok')
    .map(({ probe, says }) => `${probe}: ${says.replaceAll(repo.top, '<top>')}`);
}
