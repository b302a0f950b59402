/**
 * Which screen this page runs on. The id is made once and kept; `?screen=<name>` in the address gives the screen a name and an
 * id that follows from the name, so that a kiosk that forgets everything at each start stays the same screen.
 */
import { SCREEN_NAME_MAX } from '../../shared/screens/screen-limits.ts';

export interface ScreenIdentity {
  readonly id: string;
  /** From the address; null where it names none. */
  readonly name: string | null;
}

/** What may keep the id; it throws or forgets where the browser keeps nothing. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEPT = 'warroom.screen';
const BYTES = 15;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** 64 bits of FNV-1a: enough to tell a few hundred names apart, and pages without https have no other hash. */
function idOfName(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return `name-${hash.toString(16).padStart(16, '0')}`;
}

export function identityOf(search: string, keeper: Keeper, random: () => Uint8Array): ScreenIdentity {
  const given = (new URLSearchParams(search).get('screen') ?? '').trim();
  const name = given === '' ? null : Array.from(given).slice(0, SCREEN_NAME_MAX).join('');
  try {
    const kept = keeper.getItem(KEPT);
    const id = name === null ? (kept ?? `page-${hex(random())}`) : idOfName(name);
    if (id !== kept) keeper.setItem(KEPT, id);
    return { id, name };
  } catch {
    return { id: name === null ? `page-${hex(random())}` : idOfName(name), name };
  }
}

let identity: ScreenIdentity | null = null;

/** Of this page, for as long as it lives. */
export function screenIdentity(): ScreenIdentity {
  const keeper: Keeper = {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => localStorage.setItem(key, value),
  };
  return (identity ??= identityOf(window.location.search, keeper, () => crypto.getRandomValues(new Uint8Array(BYTES))));
}
