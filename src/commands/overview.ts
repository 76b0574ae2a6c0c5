// The grammar of the verbs that look at a repository as a whole: audit, discover, status, graph.

import { type Command, Option } from 'commander';
import { Fault } from '../messages/fault.js';
import { runAudit, runAuditMerge } from './audit.js';
import { runDiscover } from './discover.js';
import { GRAPH_FORMATS, type GraphFormat, runGraph } from './graph.js';
import type { Stage } from './stage.js';
import { runStatus } from './status.js';

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
  addDiscover(program, stage);
  addStatus(program, stage);
  addGraph(program, stage);
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

interface DiscoverFlags {
  readonly all?: boolean;
  readonly fail?: boolean;
  readonly json?: boolean;
  /** True where no number follows. */
  readonly write?: string[] | true;
  readonly history?: string;
}

function addDiscover(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('discover')
    .description('copies in HEAD that no pair declares, and copies that once were equal; the best first')
    .option('--write [numbers...]', 'declare these; without numbers you are asked at the terminal')
    .option('--fail', 'exit 1 if there are likely ones, for CI')
    .option('--all', 'also the less likely ones')
    .option('--json', 'for programs')
    .option('--history <commits>', 'how many commits are read to rank them; 2000 if not given, 0 for none')
    .action(async ({ all = false, fail = false, json = false, write, history }: DiscoverFlags) => {
      if (write && (fail || json)) throw new Fault('usage', '--write prints no report.', 'leave out --json and --fail');
      const chosen = write === true ? [] : write;
      finish(await runDiscover({ cwd, all, fail, json, write: chosen, history }, output));
    });
}

function addStatus(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('status')
    .description('where the copies are: a row for each artifact, a column for each place; exit code as check')
    .addOption(new Option('--staged', 'what is staged, instead of the working tree').conflicts('commit'))
    .option('--commit <rev>', 'a commit, instead of the working tree')
    .option('--json', 'for programs')
    .action(async ({ staged, commit, json = false }: { staged?: boolean; commit?: string; json?: boolean }) => {
      const scope =
        commit === undefined
          ? { kind: staged ? ('staged' as const) : ('worktree' as const) }
          : { kind: 'commit' as const, revision: commit };
      finish(await runStatus({ cwd, scope, json }, output));
    });
}

function addGraph(program: Command, { cwd, output, finish }: Stage): void {
  const formats = new Option('--format <format>', 'what to print').choices(GRAPH_FORMATS).makeOptionMandatory();
  program
    .command('graph')
    .description('the copies as a graph; html is one page, with the audit of HEAD as a timeline')
    .addOption(formats)
    .action(async ({ format }: { format: GraphFormat }) => finish(await runGraph(cwd, format, output)));
}
