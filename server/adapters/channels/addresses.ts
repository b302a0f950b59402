/**
 * Which addresses alerts may be sent to: public ones. Everything that leads back to this machine, into its network or to
 * the metadata of a cloud is refused, in every form it can be written: mapped into IPv6, behind NAT64, with a zone.
 */
import { isIP } from 'node:net';

/** First address and length of the prefix. */
const closedV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // The agent of Azure's virtual machines answers at this public address.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Within 2000::/3, which is all that is public: protocol assignments with Teredo, documentation, 6to4. */
const closedV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const numberOfV4 = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The eight groups of an IPv6 address without a zone. */
function groupsOf(text: string): number[] {
  const tail = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  const v4 = tail === undefined ? 0 : numberOfV4(tail);
  const plain =
    tail === undefined ? text : `${text.slice(0, -tail.length)}${Math.floor(v4 / 65_536).toString(16)}:${(v4 % 65_536).toString(16)}`;
  const [left = '', right] = plain.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(left), groups(right ?? '')];
  return right === undefined ? before : [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const bitsOf = (groups: readonly number[]): string => groups.map((group) => group.toString(2).padStart(16, '0')).join('');

function isPublicV4(value: number): boolean {
  return !closedV4.some(([from, length]) => Math.floor(value / 2 ** (32 - length)) === Math.floor(numberOfV4(from) / 2 ** (32 - length)));
}

function isPublicV6(text: string): boolean {
  const groups = groupsOf(text);
  const bits = bitsOf(groups);
  const within = (prefix: string, length: number) => bits.startsWith(bitsOf(groupsOf(prefix)).slice(0, length));
  const embedded = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  // An IPv4 address in another coat is judged as that address.
  if (within('::ffff:0:0', 96) || within('64:ff9b::', 96)) return isPublicV4(embedded);
  return within('2000::', 3) && !closedV6.some(([prefix, length]) => within(prefix, length));
}

/** @param address as a resolver or a socket gives it; anything that is no IP address is not public */
export function isPublicAddress(address: string): boolean {
  // A zone names an interface of this machine.
  if (address.includes('%')) return false;
  const version = isIP(address);
  return version === 4 ? isPublicV4(numberOfV4(address)) : version === 6 && isPublicV6(address);
}
