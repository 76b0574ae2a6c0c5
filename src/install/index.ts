// The two commands of the install stage.

export { installHooks } from './install.js';
export { readLacksPrepare } from './lacks-prepare.js';
export type { InstallMode, InstallReport } from './types.js';
export { uninstallHooks } from './uninstall.js';
