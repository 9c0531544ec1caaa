import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a host name or address can only mean this machine: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  // By far the commonest, and the list builds an address of its own for each look.
  if (host === '127.0.0.1') return true;
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Whether a `Host` header names this machine, on whatever port. A page of a stranger whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) still sends its own name here, and that is how it is told apart.
 */
export function isLoopbackAuthority(authority: string | undefined): boolean {
  const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(authority ?? '');
  const host = parts?.[1] ?? parts?.[2];
  return host !== undefined && isLoopback(host);
}
