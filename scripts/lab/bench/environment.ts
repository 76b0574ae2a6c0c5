// The machine and versions of a measurement.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import type { Environment } from './measured.js';

export function describeEnvironment(): Environment {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const machine = `${cpus().length} × ${cpu?.model.trim()}, ${memory}, Linux ${release().split('-')[0]}`;
  const ours = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
  const gitVersion = spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.trim().replace('git version ', '');
  const versions = [`dos-sync ${ours}`, `Node ${process.versions.node}`, `git ${gitVersion}`].join(', ');
  return { machine, versions };
}
