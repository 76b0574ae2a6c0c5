// `discover --near`: finds near-copies in HEAD that no pair declares, and the rules that would.

import { findNear } from '../discover/find-near.js';
import { addNear } from '../discover/near-propose.js';
import type { NearCopy } from '../discover/near-types.js';
import { formatJson } from '../format/json.js';
import { buildNearJson, formatNear } from '../format/near.js';
import { readInvocation } from '../git/invocation.js';
import type { Oid } from '../git/oid.js';
import { readRevisions } from '../git/range.js';
import { readTreeId } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { readManifestFile } from '../manifest/read.js';
import {
  NOTHING_NEAR,
  noSuchNear,
  sayHowToAddNear,
  sayLeftOut,
  sayLessLikelyNear,
  sayUndeclaredNear,
} from '../messages/near.js';
import { buildRules } from '../rules/build.js';
import {
  ask,
  type Declarable,
  type DiscoverOptions,
  declare,
  EMPTY_MANIFEST,
  parseHistory,
  readWritable,
} from './discover-write.js';
import type { Output } from './output.js';
import { Progress } from './progress.js';
import { withRepository } from './scope.js';

/** 0, or with --fail 1 if a likely near-copy is undeclared. @throws Fault for 2. */
export function runDiscoverNear(options: DiscoverOptions, output: Output): Promise<number> {
  const history = parseHistory(options.history);
  return withRepository(options.cwd, async (place) => {
    const found = await search(place, history);
    const { commit, copies, leftOut } = found;
    if (options.write) return write(place, options, copies, output);
    const likely = copies.filter((copy) => copy.likely).length;
    const code = options.fail && likely > 0 ? 1 : 0;
    if (options.json) output.print(formatJson(buildNearJson(code, commit, copies, leftOut)));
    else await list(place, found, options.all, output);
    if (code === 1) output.complain([sayUndeclaredNear(likely)]);
    return code;
  });
}

type Found = { readonly commit: Oid } & Awaited<ReturnType<typeof findNear>>;

async function search(place: Workplace, history: number): Promise<Found> {
  const known = readManifestFile(place.repository.top);
  const { tip: commit } = await readRevisions(place.repository, 'HEAD');
  const progress = new Progress();
  try {
    const found = await findNear(place, {
      commit,
      tree: await readTreeId(place.repository.git, commit),
      rules: known && buildRules(known.manifest),
      source: known?.source ?? EMPTY_MANIFEST,
      forward: known?.manifest.fixDirection !== 'submodule_to_live',
      history,
      onCommit: () => progress.step(),
    });
    return { commit, ...found };
  } finally {
    progress.clear();
  }
}

async function write(place: Workplace, options: DiscoverOptions, copies: readonly NearCopy[], output: Output) {
  const known = await readWritable(place);
  const all = copies.map(declarable);
  const named = (options.write ?? []).map((word) => pick(all, word));
  const shown = all.filter(({ likely }) => likely || options.all);
  if (named.length === 0 && shown.length === 0) output.complain([NOTHING_NEAR]);
  const chosen = named.length > 0 ? named : await ask(shown, output);
  return declare(place, { known, chosen: chosen ?? [], cwd: options.cwd }, output);
}

function declarable(copy: NearCopy, index: number): Declarable {
  const { a, b, likely } = copy;
  return { lines: formatNear(index + 1, copy), likely, pairs: [{ a, b }], addTo: (text) => addNear(text, copy) };
}

function pick(all: readonly Declarable[], word: string): Declarable {
  const found = /^\d{1,9}$/.test(word) ? all[Number(word) - 1] : undefined;
  if (found) return found;
  throw noSuchNear(word, all.length);
}

async function list(place: Workplace, { copies, leftOut }: Found, all: boolean, output: Output): Promise<void> {
  const shown = copies.flatMap((copy, at) => (copy.likely || all ? [{ copy, number: at + 1 }] : []));
  output.print(shown.flatMap(({ copy, number }) => formatNear(number, copy)));
  const numbers = shown.map(({ number }) => number);
  if (shown.length > 0) output.print([sayHowToAddNear(await readInvocation(place.repository.git), numbers)]);
  const hidden = copies.length - shown.length;
  output.complain([
    ...(copies.length === 0 ? [NOTHING_NEAR] : []),
    ...(hidden > 0 ? [sayLessLikelyNear(hidden)] : []),
    ...(leftOut.files + leftOut.pairs > 0 ? [sayLeftOut(leftOut)] : []),
  ]);
}
