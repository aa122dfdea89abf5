import { Resolver } from 'node:dns';
import { expect, test } from 'vitest';
import { parseProbes } from '../../../shared/probes/spec.ts';

const read = (server: string) =>
  parseProbes(
    `probes:\n  name:\n    dns: shop.example\n    region: own/cellar\n    server: ${JSON.stringify(server)}\n`,
  );

test.each(['192.0.2.53', '192.0.2.53:5353', '::1', '2001:db8::53', '[2001:db8::53]', '[2001:db8::53]:5353'])(
  'a DNS server by its address: %s',
  (server) => {
    expect(read(server).problems).toEqual([]);
    expect(() => new Resolver().setServers([server])).not.toThrow();
  },
);

test.each(['ns1.example', 'localhost', 'localhost:5353', '192.0.2', '53', ':5353'])(
  'a server that would have to be looked up itself is refused with its line: %s',
  (server) => {
    expect(() => new Resolver().setServers([server])).toThrow();
    expect(read(server)).toMatchObject({
      value: null,
      problems: [{ line: 5, column: 5, text: expect.stringContaining('named by its IP address') }],
    });
  },
);
