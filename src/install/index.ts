// The install stage's two verbs.

export { installHooks } from './install.js';
export type { InstallReport } from './types.js';
export { uninstallHooks } from './uninstall.js';
