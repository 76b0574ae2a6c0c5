// A git on PATH that does something before, after or instead of one command, to interrupt at a
// known point.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Repo } from './repo.js';

/**
 * Puts a stub for git first on the repository's PATH. sh runs `script` if the arguments contain
 * `word`; `$git` is the real git, `$PPID` the process that started it. @returns a function that
 * removes it.
 */
export function gitInBetween(repo: Repo, word: string, script: string): () => void {
  const real = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  const place = mkdtempSync(join(tmpdir(), 'git-in-between-'));
  const file = join(place, 'git');
  writeFileSync(
    file,
    `#!/bin/sh\ngit='${real}'\ncase " $* " in *' ${word} '*)\n${script}\n;; esac\nexec "$git" "$@"\n`,
  );
  chmodSync(file, 0o755);
  repo.env['PATH'] = `${place}${delimiter}${process.env['PATH'] ?? ''}`;
  return () => {
    delete repo.env['PATH'];
    rmSync(place, { recursive: true });
  };
}
