// Messages about pairs whose texts may differ: `with` and `own`.

import type { Unbalanced } from '../differences/own.js';
import { Fault } from './fault.js';
import { show } from './show.js';

/** A part of `own` that begins and never ends, or the reverse. */
export function unbalancedPart(path: string, { line, text }: Unbalanced): Fault {
  const what = Buffer.from(text, 'latin1').toString('utf8');
  const said = `${show(path)}:${line}: ${show(what)} has no counterpart, so it is not clear what the file keeps for itself.`;
  return new Fault('manifest', said, 'add the line that ends (or begins) this part, then repeat the command');
}

const WHY_UNFIT = { binary: 'a side is binary', large: 'a side is larger than 1 MiB' } as const;

/** A rule that does not apply to these contents. */
export function sayUnfitRule(rule: string, why: keyof typeof WHY_UNFIT): string {
  return `${rule}, but ${WHY_UNFIT[why]}, so the bytes are compared`;
}

/** The blob of a pair with a rule is not in this clone. */
export function sayNoBlob(oid: string): string {
  return `the content ${oid.slice(0, 12)} is not in this clone`;
}
