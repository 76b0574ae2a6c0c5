// The blob that git would make of an open file with the attributes of another path.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, fstatSync } from 'node:fs';
import { Fault } from '../messages/fault.js';
import { hashing, type KeptBy } from './line-ends.js';
import { type ObjectFormat, type Oid, parseOid } from './oid.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { type Git, gitFailed } from './run.js';

/**
 * The id of the blob that git would make of the file at `path`; `write` also stores it. The
 * repository decides on the path's attributes and filters. @throws Fault `git`.
 */
export function hashOpenFile(
  { git, path }: { readonly git: Git; readonly path: RepoPath },
  file: number,
  conversion: 'plain' | 'converted' | KeptBy,
  write: boolean,
): Promise<Oid> {
  // A name that is not UTF-8 cannot be an argument.
  const asItIs = conversion === 'plain' || !isUtf8(path);
  const kept = asItIs ? 'attribute' : conversion === 'converted' ? undefined : conversion;
  const as = kept === 'attribute' ? [] : [`--path=${textOf(path)}`];
  const args = ['-c', 'safe.bareRepository=explicit', ...hashing(kept), '--stdin', ...as];
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

/**
 * The blob id of an open file without conversion. @throws Fault `disk` if its size changes
 * meanwhile.
 */
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
