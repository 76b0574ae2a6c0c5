// The blob that git would make of an open file under the attributes of another path.

import { spawn } from 'node:child_process';
import { type Oid, parseOid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { type Git, gitFailed } from './run.js';

/**
 * The blob's id, with `write` in git's store too. The attributes are those of `path` in git's repository, which says what its
 * filters are; without a path the bytes are taken as they are. @throws Fault `git`.
 */
export function hashOpenFile(git: Git, file: number, path: RepoPath | undefined, write: boolean): Promise<Oid> {
  const as = path !== undefined && isUtf8(path) ? [`--path=${textOf(path)}`] : ['--no-filters'];
  const args = ['-c', 'safe.bareRepository=explicit', '-c', 'core.safecrlf=false', 'hash-object', '--stdin', ...as];
  return new Promise((resolve, reject) => {
    const child = spawn(git.program, write ? [...args, '-w'] : args, {
      cwd: git.cwd,
      env: git.env,
      stdio: [file, 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('latin1');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(parseOid(out.trim()));
      else reject(gitFailed(['hash-object'], { code: code ?? 128, stderr: err }));
    });
  });
}
