/** Names and addresses that only programs on this machine can reach. */
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^127(?:\\.${byte}){3}$`);

/** True for `localhost`, `::1` (also in brackets) and 127.0.0.0/8. */
export function isLoopback(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.toLowerCase() === 'localhost' || bare === '::1' || ipv4.test(bare);
}
