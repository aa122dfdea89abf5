// Sentences about packs.
export const packText = {
  chooseFolder: 'Choose a pack: a folder with feeds.yaml, topology.yaml, probes.yaml, runbooks or templates',
  noDialog: 'This window asks for no folder; type the whole path of the pack.',
  notAbsolute: (path: string): string =>
    `${JSON.stringify(path)} is not a whole path. Type it from the root, for example /home/you/pack.`,
  missing: (path: string, why: string): string =>
    `${path} is not a folder that can be read: ${why}. Type the whole path of a folder on this machine.`,
  empty: (path: string): string =>
    `${path} holds none of feeds.yaml, topology.yaml, probes.yaml, runbooks/ and templates/; it was not added. Choose the folder above or below it.`,
  holdsNothing: (path: string): string =>
    `${path} holds none of feeds.yaml, topology.yaml, probes.yaml, runbooks/ and templates/. Name the folder above or below it.`,
  noPack: (id: string): string => `There is no pack ${id}. It was removed; add it again.`,
  noTemplate: (file: string, pack: string): string =>
    `The pack ${pack} has no template ${file} any more. Choose another one.`,
  tooMany: (limit: number): string => `There are ${limit} packs already; remove one first.`,
  notOwner: 'Another Bulkhead has this profile open and keeps its packs. Change them there.',
  unreadable: (why: string): string => `cannot be read: ${why}; what it said before is kept`,
  gone: 'is gone; what it said before is kept until the pack is removed or Bulkhead starts again',
  away: 'the folder of the pack is not there, so nothing of it counts: no feeds, no probes, no services. It is read by itself when it is back',
  twice: (what: string, pack: string): string => `${what} is already in the pack ${pack}; that one counts`,
  listBroken: (why: string): string =>
    `The list of packs could not be read (${why}) and was set aside as packs.json.broken. Add the packs again.`,
} as const;
