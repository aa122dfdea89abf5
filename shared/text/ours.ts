// Sentences about our services, the cascade and changes.

export const oursText = {
  noTopology: 'No pack with a topology.yaml is there. Add one to see what of ours is hit.',
  noService: (name: string): string =>
    `There is no service ${JSON.stringify(name)} in the topology of the packs.`,
} as const;

export const cascadeText = {
  providerSays: (title: string): string => `The provider names it: ${title}`,
  topologySays: (service: string, needs: string): string => `${service} needs ${needs}, by the topology`,
} as const;

const minutes = (ms: number): string =>
  ms < 60_000
    ? `${Math.round(ms / 1000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : ms < 172_800_000
        ? `${Math.round(ms / 3_600_000)} h`
        : `${Math.floor(ms / 86_400_000)} d`;

export const changeText = {
  /** "checkout-api 4.18.0 to eu-west-1, 4 min before the first signal" */
  line: (
    one: { service: string; version: string; places: readonly string[] },
    beforeMs: number | null,
  ): string => {
    const regions = one.places.map((place) => place.slice(place.indexOf('/') + 1));
    const where =
      regions.length === 0
        ? ''
        : regions.length <= 3
          ? ` to ${regions.join(', ')}`
          : ` to ${regions.length} regions`;
    const when =
      beforeMs === null
        ? ''
        : beforeMs >= 0
          ? `, ${minutes(beforeMs)} before the first signal`
          : `, ${minutes(-beforeMs)} after the first signal`;
    return `${one.service}${one.version === '' ? '' : ` ${one.version}`}${where}${when}`;
  },
  notJson: 'not a JSON object; the line is left out',
  noTime: 'no time that can be read (at, time, timestamp or date); the line is left out',
  noService: 'no service (service, app, component or name); the line is left out',
  noHeader: 'the first line of a CSV file names its columns; at least a time and a service are needed',
  quotes: 'a quote is not closed; the rest of the file is left out',
  tooLarge: (megabytes: number): string => `over ${megabytes} MB: only its end is read`,
  unreadable: (why: string): string => `cannot be read: ${why}`,
  notDeployment: 'is no deployment of GitHub or GitLab that is known here; it is left out',
  future: 'A change that has not happened yet cannot be added. Correct its time.',
  notOwner: 'Another Bulkhead has this profile open and keeps its changes. Add the change there.',
} as const;
