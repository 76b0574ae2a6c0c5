// Runs lint, types, layers and the other checks, some at the same time. Prints a line for each, and
// the output of those that fail.
// usage: npm run check [-- NAME…]

import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { buildUnlessFresh } from './fresh-build.js';

const CHECKS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  types: [['tsc']],
  layers: [['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'hooks', 'scripts']],
  dead: [['knip']],
  package: [
    ['publint', '--strict'],
    ['tsx', 'scripts/check-tarball.ts'],
  ],
  map: [['tsx', 'scripts/check-map.ts']],
  reports: [['tsx', 'scripts/report-schema.ts', '--check']],
  lint: [['biome', 'ci']],
};

/** The output of the first failed command; undefined if all succeed. */
async function findFailure(commands: readonly (readonly string[])[]): Promise<string | undefined> {
  for (const [command = '', ...args] of commands) {
    const { failed, all, shortMessage } = await execa(command, args, {
      preferLocal: true,
      reject: false,
      all: true,
      stdin: 'ignore',
    });
    if (failed) return `${shortMessage}\n${all}\n`;
  }
  return undefined;
}

async function main(words: readonly string[]): Promise<number> {
  const unknown = words.filter((word) => !(word in CHECKS));
  if (unknown.length > 0) {
    process.stderr.write(`no check ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}\n`);
    return 2;
  }
  buildUnlessFresh();
  const names = words.length > 0 ? [...words] : Object.keys(CHECKS);
  const count = names.length;
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const start = performance.now();
      const failure = await findFailure(CHECKS[name] ?? []);
      const seconds = Math.round((performance.now() - start) / 1000);
      process.stdout.write(`${failure === undefined ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n${failure ?? ''}`);
      if (failure !== undefined) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  process.stdout.write(`${count - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
