// Classifies files by name.

const INSTRUCTIONS = new Set(['claude.md', 'agents.md', 'agent.md', 'gemini.md', 'qwen.md', 'copilot-instructions.md']);

/** Two file names for the same kind of instructions. */
export function areTwinNames(one: string, other: string): boolean {
  return one !== other && isInstructions(one) && isInstructions(other);
}

/** The file that a coding tool reads first. */
export function isInstructions(name: string): boolean {
  return INSTRUCTIONS.has(name.toLowerCase());
}

/** In every project; equal ones come from the same generator. */
const BOILERPLATE = new RegExp(
  `^(?:${[
    'package\\.json',
    '(?:ts|js)config(?:\\..+)?\\.json',
    '\\.?(?:eslint|prettier|stylelint|babel|swc|nyc|c8|mocha|browserslist|commitlint|lintstaged)(?:rc|ignore)?(?:\\..+)?',
    '(?:eslint|prettier|jest|vitest|vite|babel|rollup|webpack|postcss|tailwind|next|nuxt|svelte|astro|tsup|karma|metro|' +
      'playwright|cypress|knip|commitlint|lint-staged|stylelint|biome|turbo|nx|project|typedoc|tslint|components|lerna)' +
      '(?:[.-](?:config|setup|preset))?\\.(?:[cm]?[jt]s|jsonc?)',
    '.+-env\\.d\\.ts',
    '\\.(?:git|npm|docker|vscode|helm|cf|gcloud)ignore',
    '\\.(?:gitattributes|gitkeep|keep|editorconfig|nvmrc|npmrc|node-version|python-version|tool-versions|nojekyll|envrc)',
    'setup\\.(?:cfg|py)|pyproject\\.toml|py\\.typed|manifest\\.in|requirements.*\\.txt|conftest\\.py|tox\\.ini|mypy\\.ini',
    '__init__\\.py|mod\\.rs|lib\\.rs|build\\.rs|cargo\\.toml|rustfmt\\.toml|go\\.mod|gemfile|rakefile',
    'gradlew(?:\\.bat)?|gradle-wrapper\\..+|mvnw(?:\\.cmd)?|(?:build|settings)\\.gradle(?:\\.kts)?|gradle\\.properties',
    'proguard-rules\\.pro|consumer-rules\\.pro|androidmanifest\\.xml|info\\.plist|contents\\.json',
    '\\..+rc(?:\\.(?:[cm]?js|json|ya?ml|toml))?|app\\.json',
    'favicon\\..+|apple-touch-icon.*\\.png|robots\\.txt|manifest\\.json|site\\.webmanifest|_category_\\.json',
    'dockerfile|docker-compose\\.ya?ml',
  ].join('|')})$`,
  'i',
);

/** Names of files with individual text; equal ones are still unwritten. */
const OWN_TEXT =
  /^(?:readme|changelog|changes|history|todo|notes|index|main|app|page|layout|skill|description|about|toc)(?:\.[a-z]{2})?(?:\.\w+)?$/i;

export function isBoilerplate(name: string): boolean {
  return BOILERPLATE.test(name);
}

export function isOwnText(name: string): boolean {
  return OWN_TEXT.test(name);
}

/** Pictures and fonts are copied where they are needed, and never edited. */
export function isAsset(name: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|avif|svg|ico|icns|bmp|woff2?|ttf|otf|eot|mp[34]|wav|ogg|webm|mov|pdf|zip|jar)$/i.test(
    name,
  );
}

/** Legal and community files, required in every package. */
export function isLegal(name: string): boolean {
  return /^(?:un)?(?:licen[cs]e|notice|copying|copyright|patents|authors|code_of_conduct|security|contributing)/i.test(
    name,
  );
}
