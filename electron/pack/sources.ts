// What the packs bring, in the terms of the services that take it: feeds and probes with ids of this profile, paths, changes.
import { resolve } from 'node:path';
import type { PackFeed } from '../../shared/pack/feeds.ts';
import type { ChangeSource } from '../changes/changes.ts';
import { awsHealthUrl } from '../health/aws/address.ts';
import type { FeedConfig, Reference } from '../health/defaults.ts';
import { bareHost, isLocalName, isPublicAddress, literalAddress } from '../health/fetch/address.ts';
import { folderUrl } from '../health/fetch/folder.ts';
import type { PackSources } from '../health/health.ts';
import type { NamedProbe } from '../health/probes/probes.ts';
import { feedKind } from '../health/sources/index.ts';
import type { PackContent } from './packs.ts';

const hostOf = (url: string): string => {
  const read = URL.parse(url);
  return read === null ? '' : bareHost(read);
};

/** A host that is not on the internet by its very name: this machine, a private address. */
function isPrivate(host: string): boolean {
  if (isLocalName(host)) return true;
  const literal = literalAddress(host);
  return literal !== null && !isPublicAddress(literal);
}

/** What is asked: an address, a folder of the pack, or the API of AWS with a profile. */
function addressOf(feed: PackFeed, base: string): string {
  if (feed.awsHealth !== null) return awsHealthUrl(feed.awsHealth === 'default' ? null : feed.awsHealth);
  return feed.url ?? folderUrl(resolve(base, feed.folder ?? '.'));
}

/** `taken`: ids that are in use already. A key that two packs use gets the end of the pack's id from the second on. */
export function sourcesOf(packs: readonly PackContent[], taken: ReadonlySet<string>): PackSources {
  const used = new Set(taken);
  const idOf = (key: string, pack: string): string => {
    const id = used.has(key) ? `${key}-${pack.slice(-6)}` : key;
    used.add(id);
    return id;
  };
  const feeds: FeedConfig[] = [];
  const probes: NamedProbe[] = [];
  const paths = new Map<string, readonly Reference[]>();
  for (const { id: pack, path: base, files } of packs) {
    for (const [name, references] of files.feeds?.paths ?? [])
      if (!paths.has(name))
        paths.set(
          name,
          references.map((one) => ({ ...one, privateHost: hostOf(one.url) })),
        );
    for (const feed of files.feeds?.feeds ?? []) {
      const kind = feed.kind === null ? null : feedKind(feed.kind);
      if (kind === null) continue; // the reader has said so with its line
      const url = addressOf(feed, base);
      const host = feed.url === null ? '' : hostOf(feed.url);
      feeds.push({
        id: idOf(feed.key, pack),
        name: feed.name,
        kind: kind.kind,
        provider: feed.provider,
        url,
        intervalMs: feed.intervalMs,
        staleAfterMs: feed.staleAfterMs,
        enabled: true,
        builtIn: false,
        // A person put this host into a pack: it may be private, and no other that it leads to may.
        privateHost: host === '' ? null : host,
        path: feed.path ?? (feed.folder !== null || isPrivate(host) ? 'none' : 'internet'),
        ...(feed.mapping === null ? {} : { mapping: feed.mapping }),
        ...(feed.holdMs === null ? {} : { holdMs: feed.holdMs }),
      });
    }
    for (const spec of files.probes ?? []) probes.push({ id: idOf(spec.key, pack), spec });
  }
  return { feeds, probes, paths };
}

export const changeSourcesOf = (packs: readonly PackContent[]): readonly ChangeSource[] =>
  packs.flatMap(({ path, files }) => (files.feeds?.changes ?? []).map((one) => ({ ...one, base: path })));
