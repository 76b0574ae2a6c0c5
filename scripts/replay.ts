// Replays a history (a `git fast-import` stream), and compares the results of dos-sync with the
// known ones.
// usage: npm run replay -- [commits | provenance | discover] TRACE MANIFEST
//          [--expect EXPECTED.json]

import { replayCommits } from './replay/commits.js';
import { replayDiscovery } from './replay/discover.js';
import { replayProvenance } from './replay/provenance.js';

const KINDS: Readonly<Record<string, (words: readonly string[]) => Promise<number | undefined>>> = {
  commits: replayCommits,
  provenance: replayProvenance,
  discover: replayDiscovery,
};

const USAGE = `usage: npm run replay -- [KIND] TRACE MANIFEST

  commits     every commit as its hook would see it, and the audit (this kind if none is named);
              --expect EXPECTED.json compares with the findings that are expected
  provenance  whether history names the side that each commit left behind
  discover    whether discovery proposes the pairs that the manifest declares
`;

async function main(words: readonly string[]): Promise<number> {
  const [first = '', ...rest] = words;
  const named = Object.hasOwn(KINDS, first) ? KINDS[first] : undefined;
  const code = await (named ?? replayCommits)(named ? rest : words);
  if (code === undefined) process.stderr.write(USAGE);
  return code ?? 2;
}

process.exitCode = await main(process.argv.slice(2));
