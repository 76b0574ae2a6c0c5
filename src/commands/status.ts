// `status`: where the copies are, a row for each artifact and a column for each place.

import { layOutJson } from '../format/json.js';
import { buildPlaces } from '../format/places.js';
import { layOutStatus } from '../format/status.js';
import { buildStatusJson } from '../format/status-json.js';
import { layOutTotals } from '../format/text.js';
import { exitCodeOf, readTotals } from '../format/totals.js';
import { layOutUnchecked } from '../format/unchecked.js';
import { check } from '../judge/judge-pairs.js';
import type { Output } from './output.js';
import { openScope, type Scope, withRepository } from './scope.js';

export interface StatusOptions {
  readonly cwd: string;
  readonly scope: Scope;
  readonly json: boolean;
}

const NARROW = 80;

/** As `check`: 0 in sync, 1 drift, 2 nothing could be compared. */
export function runStatus({ cwd, scope, json }: StatusOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { index, span } = await openScope(place, scope);
    const judgements = await check(index, span);
    const totals = await readTotals(index, span, judgements);
    const code = exitCodeOf(totals);
    const table = buildPlaces(index, judgements);
    if (json) output.print(layOutJson(buildStatusJson(code, totals, table)));
    else {
      if (totals.pairs.size > 0) output.print([...layOutStatus(table, terminalWidth()), '']);
      output.print(layOutTotals(totals));
    }
    output.complain(layOutUnchecked(judgements));
    return code;
  });
}

function terminalWidth(): number {
  const told = Number(process.env['COLUMNS']);
  return process.stdout.columns ?? (Number.isInteger(told) && told > 0 ? told : NARROW);
}
