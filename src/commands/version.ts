// The version of dos-sync that this is.

declare const __DOS_SYNC_VERSION__: string | undefined;

/** Put in by the build; the sources have none. */
export const VERSION = typeof __DOS_SYNC_VERSION__ === 'string' ? __DOS_SYNC_VERSION__ : '0.0.0';
