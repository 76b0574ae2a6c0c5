// dos-sync's version.

declare const __DOS_SYNC_VERSION__: string | undefined;

/** Defined by the build; undefined in the sources. */
export const VERSION = typeof __DOS_SYNC_VERSION__ === 'string' ? __DOS_SYNC_VERSION__ : '0.0.0';
