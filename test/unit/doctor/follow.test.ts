// Hooks as text, and what happens to dos-sync's exit code in them. Each row is a realistic hook.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  followConfigHook,
  followHook,
  followHusky,
  followHuskyInit,
  followHuskyStarter,
} from '../../../src/doctor/follow.js';
import type { Followed } from '../../../src/doctor/shell/follow.js';
import { buildBlock } from '../../../src/install/block.js';
import { startLine } from '../../../src/install/starter.js';
import { HOOK_NAMES, type HookName } from '../../../src/install/types.js';

const test = suite('following a hook');

const RECORDED = {
  node: '/usr/bin/no"de',
  program: "/opt/it's/cli.js",
  origin: { kind: 'global', root: '', fetch: 'npm install -g dos-sync', again: 'dos-sync install' },
} as const;
const TEMPLATE = readFileSync('templates/hook-block.sh', 'latin1');
const CHAIN = readFileSync('templates/hook-chain.sh', 'latin1');
const blockOf = (hook: HookName): string => buildBlock(TEMPLATE, hook, 'added', RECORDED);
const BLOCK = blockOf('pre-commit');
const OURS = 'dos-sync hook pre-commit';

const ROWS: Readonly<Record<Followed, readonly string[]>> = {
  reached: [
    BLOCK,
    `${BLOCK}${CHAIN}`,
    `npx lint-staged\n${BLOCK}npm test\n`,
    `${BLOCK}. "$NVM_DIR/nvm.sh"\nexit 0\n`,
    OURS,
    `exec '/usr/bin/node' '/x/cli.js' hook pre-commit "$@"\n`,
    `${OURS} || exit 1\nnpm test\nexit 0\n`,
    `set -e\n${OURS}\nnpm test\n`,
    `#!/bin/sh -e\n${OURS}\nexit 0\n`,
    `npm test || exit 1\n${OURS}\n`,
    `${OURS}\nrc=$?\nnpm test || rc=1\nexit $rc\n`,
    `failed=0\nnpm test || failed=1\n${OURS} || failed=1\n[ "$failed" -eq 0 ] || exit 1\n`,
    `if ! ${OURS}; then\n  echo no >&2\n  exit 1\nfi\nexit 0\n`,
    `check() { ${OURS}; }\ncheck || exit $?\nexit 0\n`,
    `case $(git branch --show-current) in\n  main) echo no; exit 1 ;;\nesac\n${OURS}\n`,
    `for file in $(git diff --cached --name-only); do echo "$file"; done\n${OURS}\n`,
    `cat <<'EOF' >&2\nexit 0\nEOF\n${OURS}\n`,
    `trap 'rm -f "$tmp"' EXIT\n${OURS}\n`,
    `npx --no ${OURS} "$@" &&\n  npm test\n`,
    `bash -c '${OURS}'\n`,
    `(\n  cd web || exit 1\n  npx dos-sync-hook pre-commit\n) || exit\nexit 0\n`,
    `line=\nwhile IFS= read -r line; do [ -n "$line" ] || exit 1; done\n${OURS}\n`,
    `set -o pipefail\n${OURS} | tee log\n`,
    `case $1 in origin) exit 3 ;; esac\nif [ -f x ]; then echo; elif [ -f y ]; then echo; fi\n${OURS}\n`,
  ],
  'not reached': [
    `exit 0\n${BLOCK}`,
    `npm test\nexit $?\n${BLOCK}`,
    `exec npx lint-staged\n${BLOCK}`,
    `exec npx lint-staged\n${OURS}\n`,
    `return 0\n${OURS}\n`,
    `if false; then\n${BLOCK}fi\n`,
    `if [ 1 = 2 ]; then ${OURS}; fi\n`,
    `false && ${OURS}\n`,
    `on=\n[ -n "$on" ] && ${OURS}\nexit 0\n`,
    `: <<'EOF'\n${BLOCK}EOF\n`,
    `cat <<EOF >/dev/null\n${OURS}\nEOF\n`,
    `check() {\n${BLOCK}}\nnpm test\n`,
    `while false; do ${OURS}; done\n`,
    `case a in b) ${OURS} ;; esac\n`,
    `{ exit 0; }\n${BLOCK}`,
    `if true; then exit; fi\n${OURS}\n`,
    `stop() { exit 0; }\nstop\n${OURS}\n`,
    `echo ${OURS}\n`,
    `# ${OURS}\n`,
    `grep hook pre-commit\n`,
    `for x in 1 2; do exit 0; done\n${OURS}\n`,
    `npm test && exit 0 || exit 0\n${OURS}\n`,
    `while :; do npm test; done\n${OURS}\n`,
  ],
  swallowed: [
    `${OURS} || true\n`,
    `${OURS} || :\n`,
    `${OURS} || exit 0\n`,
    `${OURS}; exit 0\n`,
    `${OURS}\nnpm test\n`,
    `${OURS}\nnpm test || exit 1\n`,
    `(${OURS})\nexit 0\n`,
    `if ${OURS}; then echo fine; fi\n`,
    `if ${OURS}; then exit 0; else echo drift; fi\n`,
    `trap 'exit 0' EXIT\n${OURS}\n`,
    `trap 'exit 0' EXIT\n${BLOCK}`,
    `${OURS} | tee log\n`,
    `${OURS} &\n`,
    `! ${OURS}\n`,
    `${OURS} && npm test; true\n`,
    `set -e\n${OURS} || echo drift\n`,
    `x=1 ${OURS} 2>/dev/null ||\n  npx notify "drift"\n`,
    `{\n${BLOCK}} | cat\n`,
    `(\n${BLOCK})\nexit 0\n`,
    `export DOS_SYNC=0\n${BLOCK}`,
    `DOS_SYNC=0 ${OURS}\n`,
    `set +e\n${OURS}\nrc=$?\nexit 0\n`,
    `sh -c '${OURS}' || true\n`,
    `trap '${OURS}' EXIT\nexit 0\n`,
    `${OURS}\nexit 256\n`,
    `rc=0\n${OURS} || rc=1\nunset rc\nexit "\${rc:-0}"\n`,
    `${OURS}\necho $?\n`,
    `check() { ${OURS}; return 0; }\ncheck\n`,
    BLOCK.replaceAll('_dos_sync_check "$@" || exit $?', '_dos_sync_check "$@" || true'),
  ],
  sometimes: [
    `[ -n "$CI" ] && exit 0\n${BLOCK}`,
    `command -v npx >/dev/null || exit 0\n${OURS}\n`,
    `if [ -x node_modules/.bin/dos-sync ]; then ${OURS}; fi\n`,
    `${OURS} || [ -n "$ANYWAY" ]\n`,
    `case $(git branch --show-current) in main) ${OURS} ;; esac\n`,
    `while read -r ref; do ${OURS} || exit 1; done\n`,
    `for dir in $(ls packages); do ${OURS} || exit 1; done\n`,
    `${OURS} || { read -r answer; [ "$answer" = y ] || exit 1; }\n`,
  ],
  'cannot follow': [
    `#!/usr/bin/env python3\nimport os\n${OURS}\n`,
    `. ./common.sh\n${OURS}\n`,
    `eval "$BEFORE"\n${OURS}\n`,
    `run='${OURS}'\n$run\n`,
    `npx in-turn "${OURS}" "npm test"\n`,
    `if [ -f x ]; then\n${OURS}\n`,
    `sh <<EOF\n${OURS}\nEOF\n`,
    `diff <(a) <(b) || exit 0\n${OURS}\n`,
    `((x++))\n${OURS}\n`,
    `${OURS} &\nwait $!\n`,
    `until ${OURS}; do sleep 1; done\n`,
    `x=$(cat <<E\nit's\nE\n)\n${OURS}\nexit 0\n`,
    `trap "rm $x" EXIT\n${OURS}\n`,
  ],
};

for (const [expected, texts] of Object.entries(ROWS)) {
  test(expected, () => {
    for (const text of texts) {
      const shown = text.replace(BLOCK, '<block>\n');
      assert.is(followHook(text.startsWith('#!') ? text : `#!/bin/sh\n${text}`, 'pre-commit'), expected, shown);
    }
  });
}

test('our own hooks are reached, and dead behind exit 0', () => {
  for (const hook of HOOK_NAMES) {
    assert.is(followHook(`#!/bin/sh\n${blockOf(hook)}`, hook), 'reached', hook);
    assert.is(followHook(`#!/bin/sh\nexit 0\n${blockOf(hook)}`, hook), 'not reached', hook);
    const command = startLine(hook, 'npx dos-sync install');
    assert.is(followConfigHook(command, hook), 'reached', hook);
    assert.is(followConfigHook(`exit 0; ${command}`, hook), 'not reached', hook);
    assert.is(followConfigHook(`(${command}) || true`, hook), 'swallowed', hook);
  }
});

const HUSKY: readonly (readonly [string, Followed])[] = [
  ['dos-sync-hook pre-commit "$@" || exit $?  # dos-sync\n', 'reached'],
  ['dos-sync-hook pre-commit "$@" || exit $?  # dos-sync\r\nexit 0\r\n', 'reached'],
  ['dos-sync-hook pre-commit\nnpm test\n', 'reached'],
  ['npx lint-staged\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync\n', 'reached'],
  ['exit 0\r\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync\r\n', 'not reached'],
  ['dos-sync-hook pre-commit "$@" || true\n', 'swallowed'],
  ['set +e\ndos-sync-hook pre-commit\nnpm test\n', 'swallowed'],
];

test('husky runs its files with sh -e', () => {
  for (const [text, expected] of HUSKY) assert.is(followHusky(text, 'pre-commit'), expected, text);
});

test('what husky writes and reads around its files', () => {
  assert.is(followHuskyStarter('#!/usr/bin/env sh\n. "$(dirname "$0")/h"'), 'reached');
  assert.is(followHuskyStarter(`#!/usr/bin/env sh\n. "\${0%/*}/h"`), 'reached');
  assert.is(followHuskyStarter('#!/usr/bin/env sh\nexit 0\n. "$(dirname "$0")/h"'), 'not reached');
  assert.is(followHuskyInit('HUSKY=0', ''), 'not reached');
  assert.is(followHuskyInit('export HUSKY="0"\n', '1'), 'not reached');
  assert.is(followHuskyInit('[ -n "$X" ] && export HUSKY=0\n', ''), 'sometimes');
  assert.is(followHuskyInit('PATH=/x:$PATH\n', ''), 'reached');
  assert.is(followHuskyInit('. "$NVM_DIR/nvm.sh"\n', ''), 'cannot follow');
});

test('a hook with very many ways through is given up, and soon', () => {
  const many = Array.from({ length: 40 }, (_, at) => `x${at}=0; npm test ${at} || x${at}=1`).join('\n');
  const before = Date.now();
  assert.is(followHook(`#!/bin/sh\n${many}\n${OURS}\n`, 'pre-commit'), 'cannot follow');
  assert.is(followHook(`#!/bin/sh\na() { a; }\na\n${OURS}\n`, 'pre-commit'), 'cannot follow');
  assert.ok(Date.now() - before < 3000);
});

test.run();
