// Git's object ids, and the two hash functions for them.

import { createHash } from 'node:crypto';
import { Fault } from '../messages/fault.js';

declare const brand: unique symbol;

/** A full object id: 40 (sha1) or 64 (sha256) lower-case hex digits. Made only by {@link parseOid}
 * and {@link hashObject}. */
export type Oid = string & { readonly [brand]: 'Oid' };

export type ObjectFormat = 'sha1' | 'sha256';

/** @throws Fault `git` if the text is not a full object id. */
export function parseOid(text: string): Oid {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) {
    throw new Fault('git', `git printed ${JSON.stringify(text)} where an object id belongs.`);
  }
  return text as Oid;
}

/** True for the id that git prints for no object or for a file that it has not hashed. */
export function isZero(oid: Oid): boolean {
  return /^0+$/.test(oid);
}

/**
 * The id of an object with this type and content.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function hashObject(format: ObjectFormat, type: 'blob' | 'tree', content: Uint8Array): Oid {
  return createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex') as Oid;
}

/** The tree of a repository without a commit; git knows it without storing it. */
export function emptyTree(format: ObjectFormat): Oid {
  return hashObject(format, 'tree', new Uint8Array());
}

/** The null object id. */
export function zeroOid(format: ObjectFormat): Oid {
  return '0'.repeat(format === 'sha1' ? 40 : 64) as Oid;
}
