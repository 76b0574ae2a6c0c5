// `graph`: the copies as Mermaid, as DOT, or as one page with the audit as a timeline.

import { basename } from 'node:path';
import type { Command } from 'commander';
import { type AuditRecord, buildAuditRecord } from '../format/audit-record.js';
import { buildGraph } from '../format/graph.js';
import { formatHtml } from '../format/graph-html.js';
import { formatDot, formatMermaid } from '../format/graph-text.js';
import type { OutOfSyncRow } from '../format/page-tables.js';
import { wordFor } from '../format/person.js';
import { compareNames, orderRows } from '../format/place-order.js';
import { buildTimeline, type Moment, momentOf } from '../format/timeline.js';
import { formatUnchecked } from '../format/unchecked.js';
import { readCommitId } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { audit } from '../history/audit.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { sayDrawnFrom } from '../messages/graph.js';
import type { Output } from './output.js';
import { readPerson } from './person.js';
import { Progress } from './progress.js';
import { readPlaces } from './read-places.js';
import { type Opened, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

const GRAPH_FORMATS = ['mermaid', 'dot', 'html'] as const;

type GraphFormat = (typeof GRAPH_FORMATS)[number];

export function addGraph(program: Command, { cwd, output, finish }: Stage): void {
  const formats = program
    .createOption('--format <format>', 'what to draw')
    .choices(GRAPH_FORMATS)
    .makeOptionMandatory();
  program
    .command('graph')
    .description('draw the copies as a graph; html is one page, with the audit of HEAD as a timeline')
    .addOption(formats)
    .action(async ({ format }: { format: GraphFormat }) => finish(await runGraph(cwd, format, output)));
}

const STRETCHES = 60;
const NEWEST = 20;
const SHORT = 10;

/** 0, because a drawing is not a check. @throws Fault for 2. */
export function runGraph(cwd: string, format: GraphFormat, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, { kind: 'worktree' });
    const { table: places, verdicts } = await readPlaces(opened);
    const table = orderRows(places);
    output.complain(formatUnchecked(verdicts));
    switch (format) {
      case 'mermaid':
        output.print(formatMermaid(buildGraph(table)));
        break;
      case 'dot':
        output.print(formatDot(buildGraph(table)));
        break;
      case 'html': {
        const { tip, moments, newest } = await readTimeline(opened);
        const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
        const subtitle = sayDrawnFrom(tip?.slice(0, SHORT), opened.rules.all.length, today);
        const repository = basename(place.repository.top);
        const outOfSync = await rowsOf(verdicts, place, cwd);
        const timeline = buildTimeline(moments, STRETCHES);
        output.print(formatHtml({ repository, table, subtitle, outOfSync, timeline, newest }));
      }
    }
    return 0;
  });
}

/** Each pair out of sync, with the command that shows its difference. */
async function rowsOf(verdicts: readonly Verdict[], place: Workplace, cwd: string): Promise<readonly OutOfSyncRow[]> {
  const person = await readPerson({ place }, cwd);
  const word = wordFor(person);
  const rows = verdicts.filter(isOutOfSync).map((verdict) => {
    const { rule, a, b } = verdict.pair;
    const path = verdict.pair[rule.copy] ?? a ?? b;
    const name = `${verdict.pair[rule.source] ?? ''} ${path ?? ''}`;
    return { verdict, command: `${person.program} diff ${path === null ? '' : word(path)}`, name };
  });
  return rows.sort((one, other) => compareNames(one.name, other.name));
}

/** The working tree's manifest applies to the whole history here. */
async function readTimeline({ place, rules }: Opened): Promise<{
  readonly tip: string | undefined;
  readonly moments: readonly Moment[];
  readonly newest: readonly AuditRecord[];
}> {
  const tip = await readCommitId(place.repository.git, 'HEAD');
  if (tip === undefined) return { tip, moments: [], newest: [] };
  const moments: Moment[] = [];
  const newest: AuditRecord[] = [];
  const progress = new Progress();
  for await (const audited of audit(place, rules, { tip, excluded: [], firstParent: true })) {
    progress.step();
    if (audited.events.length === 0) continue;
    const record = buildAuditRecord(audited);
    moments.push(momentOf(record));
    if (record.introduced.length > 0 && newest.length < NEWEST) newest.push(record);
  }
  progress.clear();
  return { tip, moments, newest };
}
