// The two commands of the install stage.

export { installHooks } from './install.js';
export type { InstallReport } from './types.js';
export { uninstallHooks } from './uninstall.js';
