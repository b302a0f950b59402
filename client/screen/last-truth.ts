/**
 * The last state that this page received, kept in the browser: a wall that starts while the server is away shows it, with its
 * age. What is kept is read at a start without a server and never otherwise.
 */
import type { Screen } from '../state/screen-store.ts';

/** The parts of a screen that make a picture. */
export type Truth = Pick<
  Screen,
  'workspace' | 'views' | 'positions' | 'streams' | 'sources' | 'problems' | 'quarantinedMentions' | 'rosterGap' | 'heartbeatAt' | 'build'
>;

export interface KeptTruth extends Truth {
  /** The wall clock of this machine when it was kept. */
  readonly keptAt: number;
  /** The protocol whose shapes it has. */
  readonly protocol: number;
}

const DATABASE = 'warroom';
const STORE = 'truth';
const KEY = 'last';
/** Rises when the kept state has another shape. */
const FORM = 1;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, FORM);
    request.addEventListener('upgradeneeded', () => {
      for (const name of request.result.objectStoreNames) request.result.deleteObjectStore(name);
      request.result.createObjectStore(STORE);
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
    request.addEventListener('blocked', () => reject(new Error('the database is in use by an older page')));
  });
}

async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await opened();
    try {
      return await new Promise<T>((resolve, reject) => {
        const request = run(database.transaction(STORE, mode).objectStore(STORE));
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('the database failed')));
      });
    } finally {
      database.close();
    }
  } catch {
    // A browser that keeps nothing, a full disk: the wall then says what it waits for.
    return null;
  }
}

export async function keepTruth(truth: KeptTruth): Promise<void> {
  await inStore('readwrite', (store) => store.put(truth, KEY));
}

/** null: nothing is kept. What is kept was written by this program in this form, or by none. */
export async function keptTruth(): Promise<KeptTruth | null> {
  return (await inStore<KeptTruth | undefined>('readonly', (store) => store.get(KEY))) ?? null;
}

export function truthOf(screen: Screen): Truth {
  const { workspace, views, positions, streams, sources, problems, quarantinedMentions, rosterGap, heartbeatAt, build } = screen;
  return { workspace, views, positions, streams, sources, problems, quarantinedMentions, rosterGap, heartbeatAt, build };
}
