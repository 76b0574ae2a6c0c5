// `status`: a table of the copies, with a row for each artifact and a column for each place.

import type { Command } from 'commander';
import { formatJson } from '../format/json.js';
import { onlyOutOfSync, orderRows } from '../format/place-order.js';
import { formatStatus } from '../format/status.js';
import { buildStatusJson } from '../format/status-json.js';
import { formatTotals } from '../format/text.js';
import { exitCodeOf, readTotals } from '../format/totals.js';
import { formatUnchecked } from '../format/unchecked.js';
import type { Output } from './output.js';
import { readPlaces } from './read-places.js';
import { type CommandScope, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addStatus(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('status')
    .description(
      'show where the copies are: a row for each file or folder, a column for each place; exit code as check',
    )
    .addOption(program.createOption('--staged', 'show what is staged, instead of the working tree').conflicts('commit'))
    .option('--commit <rev>', 'show a commit, instead of the working tree')
    .option('--drifted', 'show only the rows that are out of sync')
    .option('--json', 'print JSON, for programs')
    .action(async ({ staged, commit, drifted = false, json = false }: StatusFlags) => {
      const scope =
        commit === undefined
          ? { kind: staged ? ('staged' as const) : ('worktree' as const) }
          : { kind: 'commit' as const, revision: commit };
      finish(await runStatus({ cwd, scope, drifted, json }, output));
    });
}

interface StatusFlags {
  readonly staged?: boolean;
  readonly commit?: string;
  readonly drifted?: boolean;
  readonly json?: boolean;
}

export interface StatusOptions {
  readonly cwd: string;
  readonly scope: CommandScope;
  readonly drifted: boolean;
  readonly json: boolean;
}

const NARROW = 80;

/** As `check`: 0 in sync, 1 drift, 2 if nothing could be compared. */
export function runStatus({ cwd, scope, drifted, json }: StatusOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { rules, change } = await openScope(place, scope);
    const { table: all, verdicts, alike } = await readPlaces({ rules, change });
    const totals = await readTotals(rules, change, verdicts, alike);
    const code = exitCodeOf(totals);
    const table = drifted ? onlyOutOfSync(all) : all;
    if (json) output.print(formatJson(buildStatusJson(code, totals, table)));
    else {
      if (table.rows.length > 0) output.print([...formatStatus(orderRows(table), terminalWidth()), '']);
      output.print(formatTotals(totals));
    }
    output.complain(formatUnchecked(verdicts));
    return code;
  });
}

function terminalWidth(): number {
  const told = Number(process.env['COLUMNS']);
  return process.stdout.columns ?? (Number.isInteger(told) && told > 0 ? told : NARROW);
}
