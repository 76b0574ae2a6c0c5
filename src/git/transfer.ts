// Copies a blob from one repository's store into another's through a pipe, so that memory stays
// small.

import { type Oid, parseOid } from './oid.js';
import { type Git, type GitResult, gitFailed, startGit } from './run.js';

/** Copies the blob without filters. @returns its id there. @throws Fault `git`. */
export async function writeBlobFrom(source: Git, oid: Oid, target: Git): Promise<Oid> {
  const reading = startGit(source, ['cat-file', 'blob', oid]);
  const writing = startGit(target, ['hash-object', '-w', '--stdin']);
  reading.stdin.end();
  reading.stdout.pipe(writing.stdin);
  // If the writer ends early, its exit code says why.
  writing.stdin.on('error', () => reading.kill());
  const [read, written] = await Promise.all([ended(reading), ended(writing)]);
  if (read.code !== 0) throw gitFailed(['cat-file'], read);
  if (written.code !== 0) throw gitFailed(['hash-object'], written);
  return parseOid(written.stdout.toString('utf8').trim());
}

function ended(child: ReturnType<typeof startGit>): Promise<GitResult> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.on('close', (code) => {
      resolve({ code: code ?? 128, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8') });
    });
  });
}
