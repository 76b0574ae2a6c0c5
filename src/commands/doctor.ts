// `doctor`: diagnoses the setup and says how to fix it.

import type { Command } from 'commander';
import { examineHooks } from '../doctor/hooks.js';
import { examineRepository } from '../doctor/repository.js';
import { examineSettings } from '../doctor/settings.js';
import { type Level, type Note, note } from '../doctor/types.js';
import { buildDoctorJson, formatDoctor } from '../format/doctor.js';
import { formatJson } from '../format/json.js';
import { readInvocation } from '../git/invocation.js';
import { openCheckout } from '../git/porcelain.js';
import { readGitVersion } from '../git/run.js';
import { sayGit, sayVerdict } from '../messages/doctor.js';
import type { Output } from './output.js';
import { openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addDoctor(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('doctor')
    .description('diagnose the setup and say how to fix it')
    .option('--json', 'print JSON, for programs')
    .action(async ({ json }: { json?: boolean }) => finish(await runDoctor(cwd, json ?? false, output)));
}

/** 0 without a problem, otherwise 1. @throws Fault without a repository or a usable git. */
export function runDoctor(cwd: string, json: boolean, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { git } = place.repository;
    const notes: Note[] = [note('git', 'ok', sayGit(await readGitVersion(git), git.program))];
    const checkout = await openCheckout(cwd);
    notes.push(...(await examineHooks(checkout)), ...(await examineSettings(checkout)));
    notes.push(...(await examineRepository(place, () => openScope(place, { kind: 'worktree' }))));
    const program = await readInvocation(git);
    const advised = notes.map((each) => ({
      ...each,
      ...(each.next && { next: each.next.replace(/^git dos-sync\b/, program) }),
    }));
    const count = (level: Level) => notes.filter((each) => each.level === level).length;
    const code = count('problem') > 0 ? 1 : 0;
    if (json) output.print(formatJson(buildDoctorJson(code, advised)));
    else output.print([...formatDoctor(advised), sayVerdict(count('problem'), count('warning'))]);
    return code;
  });
}
