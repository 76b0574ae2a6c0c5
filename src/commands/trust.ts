// `trust`: shows, gives, lists and withdraws the user's consent to a manifest's outside paths.

import { lstatSync } from 'node:fs';
import type { Command } from 'commander';
import { hasTerminal, withTerminal } from '../ask/terminal.js';
import { recordInSync } from '../fix/known-contents.js';
import { noManifest } from '../fix/manifest-file.js';
import { formatJson } from '../format/json.js';
import { buildTrustJson, type JsonConsent } from '../format/trust-json.js';
import { readHome } from '../git/home.js';
import { openRepository } from '../git/repository.js';
import { check } from '../judge/judge-pairs.js';
import { readManifestFile } from '../manifest/read.js';
import { Fault } from '../messages/fault.js';
import { jsonWithList } from '../messages/options.js';
import * as say from '../messages/trust.js';
import { buildRules } from '../rules/build.js';
import {
  buildConsent,
  type Consent,
  identityOf,
  isAutomated,
  readConsents,
  realPathOf,
  writeConsents,
} from '../snapshot/consent.js';
import type { Output } from './output.js';
import { openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addTrust(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('trust')
    .description('allow the manifest to read (and write) paths outside the repository; shows them and asks first')
    .option('--write', 'also allow writing there; dos-sync still asks each time')
    .option('--list', 'list what you have agreed to')
    .option('--revoke', 'withdraw your consent for this repository')
    .option('--json', 'with --list: print JSON, for programs')
    .action(
      async ({
        write = false,
        list = false,
        revoke = false,
        json = false,
      }: Partial<Record<'write' | 'list' | 'revoke' | 'json', boolean>>) => {
        if (json && !list) throw jsonWithList();
        finish(await runTrust(cwd, { write, list, revoke, json }, output));
      },
    );
}

export interface TrustFlags {
  readonly list: boolean;
  readonly revoke: boolean;
  /** Also consent to writing, without a question. */
  readonly write: boolean;
  /** With `list`. */
  readonly json: boolean;
}

/** 0, or 1 without consent. @throws Fault for exit code 2. */
export async function runTrust(cwd: string, flags: TrustFlags, output: Output): Promise<number> {
  const consents = readConsents(process.env);
  if (flags.list) {
    const listed = consents.map(readListed);
    if (flags.json) output.print(formatJson(buildTrustJson(listed)));
    else output.print(listed.length === 0 ? [say.NO_CONSENTS] : listed.flatMap(formatConsent));
    return 0;
  }
  const repository = await openRepository(cwd);
  const others = consents.filter((each) => each.repository !== identityOf(repository).path);
  if (flags.revoke) {
    writeConsents(process.env, others);
    output.print([say.sayRevoked(others.length < consents.length)]);
    return 0;
  }
  const manifest = readManifestFile(repository.top)?.manifest;
  if (!manifest) throw await noManifest(repository);
  const { outsideRoots } = buildRules(manifest);
  if (outsideRoots.roots.length === 0) {
    output.print([say.NOTHING_OUTSIDE]);
    return 0;
  }
  // safeguard no-trust-in-ci (T1): where CI is set nobody trusts (e2e/outside: list and revoke)
  if (isAutomated(process.env)) throw new Fault('usage', say.NO_TRUST_IN_CI);
  const home = await readHome(repository.git);
  const places = outsideRoots.roots.map((root) =>
    say.sayRoot(textOfRoot(root), realPathOf(home, root), outsideRoots.written.includes(root)),
  );
  output.print([say.sayReaches(repository.top), ...places]);
  const answer = flags.write ? 'write' : await ask(outsideRoots.written.length > 0);
  if (answer === 'abort') {
    output.complain([say.NOT_TRUSTED]);
    return 1;
  }
  const write = answer === 'write' && outsideRoots.written.length > 0;
  writeConsents(process.env, [...others, buildConsent(repository, outsideRoots, home, write)]);
  output.print([say.sayTrusted(write)]);
  await recordWhatIsEqual(cwd);
  return 0;
}

/** Records what is equal at this moment as known equal. A Fault here is left to the next check. */
async function recordWhatIsEqual(cwd: string): Promise<void> {
  try {
    await withRepository(cwd, async (place) => {
      const { rules, change } = await openScope(place, { kind: 'worktree' });
      await recordInSync(place.repository, change.after, await check(rules, change));
    });
  } catch (error) {
    if (!Fault.is(error)) throw error;
  }
}

function textOfRoot(root: string): string {
  return Buffer.from(root, 'latin1').toString('utf8');
}

/** Typing the command consents to reading; at a terminal, the user is asked first. */
async function ask(writes: boolean): Promise<'read' | 'write' | 'abort'> {
  if (!hasTerminal()) return 'read';
  const { askAt } = await import('../ask/prompt.js');
  const words = writes ? (['read', 'write', 'abort'] as const) : (['read', 'abort'] as const);
  const choices = words.map((word) => ({ value: word, name: say.TRUST_CHOICES[word] }));
  return (
    (await withTerminal((terminal) => askAt<'read' | 'write' | 'abort'>(terminal, say.TRUST_QUESTION, choices))) ??
    'abort'
  );
}

function readListed({ repository, roots, write }: Consent): JsonConsent {
  const exists = lstatSync(repository, { throwIfNoEntry: false }) !== undefined;
  const places = Object.entries(roots).map(([root, place]) => ({ root: textOfRoot(root), place }));
  return { repository, exists, write, roots: places };
}

function formatConsent({ repository, exists, write, roots }: JsonConsent): string[] {
  const places = roots.map(({ root, place }) => say.sayRoot(root, place ?? undefined, write));
  return [say.sayConsent(repository, write, !exists), ...places];
}
