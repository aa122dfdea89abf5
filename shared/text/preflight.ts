// What preflight finds and asks, in words (rollback.md, Preflight finds).

export const findingText = {
  schemaIrreversible: (system: string) =>
    `The schema change of ${system} cannot be reversed. The start needs an override that names the owner of the data.`,
  schemaUnknown: (version: string) =>
    `Did ${version} run a migration? The plan does not say whether its schema is reversible.`,
  migration: (from: string, to: string) =>
    `${from} ran a migration that only expands; check that ${to} works with it.`,
  dependantChanged: (system: string, since: string, what: string) =>
    `${system} changed after ${since}: ${what}. Roll that back first.`,
  otherChange: (what: string, system: string, from: string) =>
    `${what} of ${system} is newer than ${from}; it goes too.`,
  otherChanges: (system: string, since: string) =>
    `Did anything that depends on ${system}, or ${system} itself, change after ${since}?`,
  wasDeployed: (version: string) => `${version} was deployed`,
  versionUnknown: (target: string, from: string, runs: string | undefined) =>
    `${target} is not known to run ${from}${runs ? `; it runs ${runs}` : ''}.`,
  everyTargetRuns: (from: string) => `Does every target run ${from}?`,
  notFrozen: (from: string) =>
    `Is everything frozen that would deploy ${from} again: pipelines, GitOps, image settings?`,
  notFetchable: (to: string) => `Can ${to} be fetched in every region?`,
  waveTooLarge: (wave: string, held: number, all: number) =>
    `"${wave}" holds ${held} of ${all} targets, more than half.`,
  wholeProvider: (wave: string, provider: string) => `"${wave}" holds every target of ${provider}.`,
  bakeMissing: (wave: string) => `"${wave}" has no bake time; its gate waits for a person.`,
  targetTwice: (target: string, first: string, second: string) =>
    `${target} is in "${first}" and in "${second}"; it counts with the first.`,
  targetInNoWave: (target: string, version: string | null) =>
    `${target} is in no wave; it would stay on ${version ?? 'its version'}.`,
  sharedFailureDomain: (target: string, canary: string, twin: string, next: string) =>
    `${target} of "${canary}" shares its failure domain with ${twin} of "${next}".`,
  carryTheLoad: (wave: string) => `Do the other targets carry the load while "${wave}" is out?`,
  /** `left`: percent. */
  capacity: (left: number, wave: string) => `${left} % of the capacity is left while "${wave}" is out.`,
  dangerNoExpect: (step: string) => `"${step}" is marked danger and says no expected result.`,
  unknownMark: (step: string, mark: string) => `"${step}" carries a mark that means nothing here: ${mark}.`,
  unresolvedVariable: (name: string, step: string) => `Nothing fills in ${name}, used in "${step}".`,
  noSteps: (target: string, section: string) =>
    `There are no steps for ${target}: "${section}" is missing or empty.`,
  noRevertSteps: (section: string) =>
    `There is no section "${section}"; no target can be taken back by the plan.`,
  unknownKey: (key: string) => `${key} means nothing here and is ignored.`,
  noSuccess: 'The plan names no success; a gate asks for operational, or better than the baseline.',
  notWatched: (target: string) =>
    `No probe or alert of ours has spoken of ${target}; its gate can only be by a person.`,
  staleSource: (target: string, stale: string) => `${target} was not heard for more than ${stale}.`,
  noSuchProbe: (probe: string) => `The rules speak of the probe ${probe}, which does not exist.`,
  watchUnknown: (system: string) =>
    `What ${system} leans on is not known: no provider's event can trip the breaker.`,
  controlPlane: (step: string, service: string, region: string) =>
    `"${step}" leans on ${service} in ${region}, which is in trouble now.`,
} as const;
