#!/usr/bin/env bun
// Tools/sync-check.ts: passes --summary, --full, --json, --fix, --dry-run and paths to dos-sync.
// Exit code 0, 1 or 2.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const words = process.argv.slice(2);
const fix = words.includes('--dry-run') && !words.includes('--fix') ? ['--fix'] : [];
const program = join(dirname(createRequire(import.meta.url).resolve('dos-sync/package.json')), 'dist', 'cli.js');
const { status } = spawnSync(process.execPath, [program, 'check', ...fix, ...words], { stdio: 'inherit' });
process.exitCode = status ?? 2;
