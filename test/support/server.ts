// A bare repository to push to, with templates/pre-receive installed.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CLI, Repo } from './repo.js';

const TEMPLATE = resolve('templates/pre-receive');

/** The template with its two settings filled in. */
export function preReceive(node = process.execPath, program = CLI): string {
  const text = readFileSync(TEMPLATE, 'utf8');
  return text.replace(/^node=$/m, `node='${node}'`).replace(/^program=$/m, `program='${program}'`);
}

export function guard(server: Repo, hook = preReceive()): Repo {
  const path = server.path('hooks/pre-receive');
  writeFileSync(path, hook);
  chmodSync(path, 0o755);
  return server;
}

/** An empty guarded repository; its HEAD is main. */
export function guardedServer(options: readonly string[] = []): Repo {
  return guard(new Repo(['--bare', ...options]));
}

/**
 * All refs and objects of a server, to see that nothing was written. git may still be removing its
 * quarantine.
 */
export function serverState(server: Repo): string {
  const objects = server.run('find', ['objects', 'refs', 'packed-refs', 'config', '-type', 'f']).stdout;
  const kept = objects.split('\n').filter((name) => !name.includes('/tmp_objdir-'));
  return `${kept.sort().join('\n')}\n${server.git('for-each-ref')}`;
}
