// The blob that git would make of an open file under the attributes of another path.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, fstatSync } from 'node:fs';
import { Fault } from '../messages/fault.js';
import { type ObjectFormat, type Oid, parseOid } from './oid.js';
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

/** The id of a file that git would store as it is, read from the open file. @throws Fault `disk` if it grows or shrinks meanwhile. */
export async function hashPlainFile(format: ObjectFormat, file: number): Promise<Oid> {
  const { size } = fstatSync(file);
  const hash = createHash(format).update(`blob ${size}\0`);
  let read = 0;
  for await (const chunk of createReadStream('', { fd: file, autoClose: false, start: 0 })) {
    read += (chunk as Buffer).length;
    hash.update(chunk as Buffer);
  }
  if (read === size) return parseOid(hash.digest('hex'));
  throw new Fault('disk', 'A file outside the repository changed while it was read.', 'run the same command again');
}
