/**
 * Keys of a catalogue as dotted paths, so that a key that is in no catalogue is a type error. i18next's own types say the
 * same, but work it out anew at every call, which made checking the pages take minutes.
 */
export type Key<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${Key<C[K]>}` }[keyof C & string];

/** The words of a key with its placeholders filled in. */
export type Translate<K extends string> = (key: K, values?: Readonly<Record<string, unknown>>) => string;
