// The grammar of the verbs that look at a repository as a whole: audit.

import type { Command } from 'commander';
import { Fault } from '../messages/fault.js';
import { runAudit, runAuditMerge } from './audit.js';
import type { Output } from './output.js';

/** Where a verb runs, speaks, and leaves its exit code. */
export interface Stage {
  readonly cwd: string;
  readonly output: Output;
  readonly finish: (code: number) => void;
}

interface AuditFlags {
  readonly allParents?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
  readonly manifest?: string;
  readonly shard?: string;
  readonly merge?: string[];
}

export function addOverviewVerbs(program: Command, stage: Stage): void {
  addAudit(program, stage);
}

function addAudit(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('audit [range]')
    .description(
      'which commits brought pairs out of sync, back, or kept them in step, and by whom; HEAD along its first parents. ' +
        "One manifest rules the whole walk: that of the range's tip, unless --manifest names a file",
    )
    .option('--all-parents', 'also the commits of merged branches; a merge answers for what no parent has')
    .option('--full', 'also list the pairs that were kept in step')
    .option('--json', 'for programs')
    .option('--manifest <file>', "rule the history by this file, instead of the manifest at the range's tip")
    .option('--shard <i/n>', 'only the i-th of n parts, for a CI matrix; with --json')
    .option('--merge <files...>', 'put the reports of all shards together')
    .action(async (range: string | undefined, flags: AuditFlags) => {
      const { full = false, json = false, allParents = false, merge, manifest, shard } = flags;
      if (merge && (range !== undefined || shard !== undefined || manifest !== undefined || allParents)) {
        throw new Fault('usage', '--merge takes reports and walks no history.', 'audit --merge FILE… [--json]');
      }
      if (merge) finish(runAuditMerge(cwd, merge, { full, json }, output));
      else finish(await runAudit({ cwd, range: range ?? 'HEAD', allParents, full, json, manifest, shard }, output));
    });
}
