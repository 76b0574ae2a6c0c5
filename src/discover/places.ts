// Classifies files by place: releases, tests, generated files, directories that a tool reads.

const VERSION =
  /^(?:version|release|ver|v|r)?[._-]?\d+(?:[._-]\d+)*(?:[._-]?(?:x|alpha|beta|rc|dev|post|pre|lts)[._-]?\d*)?$/i;
/** Names for the next version, beside numbered ones. */
const UNRELEASED = /^(?:next|current|latest|stable|main|master|dev|edge|unreleased|nightly|canary|head|vnext)$/i;

function isVersion(segment: string): boolean {
  return VERSION.test(segment);
}

/** True if the first difference is a version: releases of one thing, each with its own layout. */
export function areVersionSiblings(one: string, other: string): boolean {
  if (one === other) return false;
  const [a, b] = [one.split('/'), other.split('/')];
  if ([...a, ...b].some((segment) => /^versioned[_-]/i.test(segment))) return true;
  const at = a.findIndex((segment, index) => segment !== b[index]);
  const [first = '', second = ''] = [a[at], b[at]];
  if (isVersion(first) && (isVersion(second) || UNRELEASED.test(second))) return true;
  if (isVersion(second) && UNRELEASED.test(first)) return true;
  // A version that is part of a name: `api-v1` and `api-v2`.
  const bare = (path: string) => path.replace(/v?\d+(?:[._]\d+)*/gi, '#');
  return bare(one) === bare(other);
}

/** Two letters are often no language (`db`, `ts`), so only these count. */
const LANGUAGE = new RegExp(
  `^(?:${[
    'ar|bg|bn|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|ms|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv',
    'ta|th|tr|uk|ur|vi|zh',
  ].join('|')})(?:[-_][a-z]{2,4}){0,2}(?:\\.lproj)?$`,
  'i',
);

/** True if the first difference is a language: a file equal in both is not translated yet. */
export function areLanguageSiblings(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  const at = a.findIndex((segment, index) => segment !== b[index]);
  return at >= 0 && [a[at], b[at]].every((segment) => LANGUAGE.test(segment ?? ''));
}

const TRIAL = new RegExp(
  `^(?:${[
    '(?:__|\\.)?(?:tests?|specs?|examples?|samples?|demos?|e2e|mocks?|tutorials?|playgrounds?|benchmarks?)(?:__)?',
    '(?:.+[._-])?(?:tests?|specs?|examples?|samples?|demos?)',
    'target|gen|caches?|reports?|experiments?|evals?|expected|old|legacy|archives?|temp|obj',
  ].join('|')})$`,
  'i',
);

/** Below a directory of tests, examples or leftovers, where repetition is normal. */
export function isTrial(directory: string): boolean {
  return directory.split('/').some((segment) => TRIAL.test(segment));
}

const RECORDED = new RegExp(
  `^(?:${[
    '(?:__|\\.)?(?:(?:.+[._-])?(?:fixtures?|snapshots?|worktrees?|generated|backups?)|testdata|test[._-]data)(?:__)?',
    '(?:__|\\.)?(?:snaps?|goldens?|baselines?|cassettes|recordings|results?|outputs?|runs?|logs?|artifacts?)(?:__)?',
    'checkpoints?|coverage|autogen|codegen|tmp|_build|_site|storybook-static|__pycache__',
    '\\.(?:next|nuxt|output|turbo|cache|svelte-kit|docusaurus)',
  ].join('|')})$`,
  'i',
);

/**
 * Below a generated directory that nobody edits: results, snapshots, generated code, other
 * worktrees.
 */
export function isRecorded(directory: string): boolean {
  return directory.split('/').some((segment) => RECORDED.test(segment));
}

/**
 * Directories where a tool reads copies of content from elsewhere. `.claude` is often the source.
 */
const PROVIDERS = new RegExp(
  `^\\.(?:${[
    'agents?|grok|cursor|gemini|codex|windsurf|kiro|trae(?:-.+)?|qoder|roo|opencode|factory|augment|continue|cline',
    'github|shared|kilocode|goose|qwen|copilot|junie|amp|codebuddy|rovodev|pi|hermes|openclaw|crush|droid|aider|zed|antigravity',
  ].join('|')})$`,
  'i',
);
const BUILT = /^(?:_?dist|build|out|lib-cov|bundled?|packaged|mirrors?)$/i;

function isProvider(segment: string): boolean {
  return PROVIDERS.test(segment) || segment === '.claude';
}

/** Derived from another place: never the live side if there is a choice. */
export function isDerived(directory: string): boolean {
  return (
    isRecorded(directory) || directory.split('/').some((segment) => PROVIDERS.test(segment) || BUILT.test(segment))
  );
}

/** Sibling directories: they differ in one name, which no tool gave them. */
export function areSiblings(a: string, b: string): boolean {
  const [one, other] = [a.split('/'), b.split('/')];
  if (one.length !== other.length) return false;
  const apart = one.flatMap((segment, at) => (segment === other[at] ? [] : [segment, other[at] ?? '']));
  return apart.length === 2 && !apart.some(isProvider);
}
