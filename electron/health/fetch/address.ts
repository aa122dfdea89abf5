// Which addresses a feed may reach: public ones, and a private one only when the feed was configured with that host.
import ipaddr from 'ipaddr.js';

/** Hostname of a URL as WHATWG gives it, without the brackets of IPv6: decimal and octal forms are dotted already. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** The address that a hostname literally is; null when it is a name. */
export function literalAddress(host: string): string | null {
  return ipaddr.isValid(host) ? host : null;
}

/**
 * Is this address on the public internet? Loopback, private, link-local (169.254.169.254 is the metadata service of every
 * cloud), shared (100.64/10), unique local, multicast, reserved and tunnelled ranges are not. IPv4 inside IPv6 (mapped,
 * NAT64) counts as what it carries.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast';
  const six = parsed as ipaddr.IPv6;
  if (six.isIPv4MappedAddress()) return isPublicAddress(six.toIPv4Address().toString());
  if (six.range() === 'rfc6052' && six.parts[1] === 0xff9b && six.parts[2] === 0) {
    const [high = 0, low = 0] = six.parts.slice(6);
    return isPublicAddress(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
  }
  return six.range() === 'unicast';
}

/** A name that means this machine whatever the resolver says (RFC 6761). */
export const isLocalName = (host: string): boolean => /(^|\.)localhost\.?$/i.test(host);
