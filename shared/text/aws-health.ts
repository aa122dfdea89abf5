// Sentences about the AWS Health API: what the account, its credentials or the clock stand in the way with, and what to do.
/** As a shell takes it for one word: people copy the command, and a pack may name any profile. */
const quoted = (profile: string): string =>
  /^[\w.@+/-]+$/.test(profile) && !profile.startsWith('-')
    ? profile
    : `'${profile.replaceAll("'", "'\\''")}'`;
const named = (profile: string | null): string => (profile === null ? '' : ` --profile ${quoted(profile)}`);
const whose = (profile: string | null): string =>
  profile === null ? 'the environment or the default profile' : `the profile “${profile}”`;

export const awsHealthText = {
  /** Under the field for a feed's address. */
  hint: 'For your account’s own AWS Health events: aws-health: and the name of an AWS profile, or aws-health: alone.',
  /** Name of a feed: `AWS Health (production)`. */
  feed: (profile: string | null): string => (profile === null ? 'AWS Health' : `AWS Health (${profile})`),
  noCredentials: (profile: string | null): string =>
    `No AWS credentials were found in ${whose(profile)}. Sign in (aws sso login${named(profile)}) or set the keys up (aws configure${named(profile)}); it is asked again by itself. Those of a cloud machine or container are looked for only with AWS_EC2_METADATA_DISABLED=false.`,
  unknownKey: (profile: string | null): string =>
    `AWS does not know the access key of ${whose(profile)}. It was deleted, or belongs to another partition; set up a valid one.`,
  badSignature: (profile: string | null): string =>
    `AWS did not accept the signature of ${whose(profile)}: the secret key does not belong to its access key. Set both up again.`,
  expired: (profile: string | null): string =>
    `The AWS sign-in of ${whose(profile)} has expired. Sign in again: aws sso login${named(profile)}. It is asked again by itself.`,
  noPlan:
    'The AWS Health API needs a Business, Enterprise On-Ramp or Enterprise support plan, and this account has none. The public AWS feed goes on.',
  denied: (profile: string | null): string =>
    `${whose(profile).charAt(0).toUpperCase()}${whose(profile).slice(1)} may not read AWS Health. It needs health:DescribeEvents, health:DescribeEventDetails and health:DescribeAffectedEntities (AWSHealthReadOnly).`,
  throttled:
    'AWS Health was asked too often by this account and refuses for a while. It is asked less often now.',
  clock: 'AWS refused the request because the clock of this machine is wrong by minutes. Set the clock.',
  serverError: (status: number): string =>
    `The AWS Health API answered with HTTP ${status} in both of its regions. It is asked again by itself.`,
  failed: (name: string): string =>
    `The AWS Health API could not be asked (${name}). It is asked again by itself.`,
  tooLong: (seconds: number): string =>
    `The AWS Health API had not answered in full after ${seconds} seconds; none of it was used. It is asked again by itself.`,
  plainHttp: (host: string): string =>
    `${host} was not asked: signed requests go over https only, or to a host that AWS_ENDPOINT_URL_HEALTH names.`,
  /** Text under an event: which of our resources it names. */
  affected: (names: readonly string[], more: number | null): string =>
    `Of ours: ${names.join(', ')}${more === null ? ' and many more' : more > 0 ? ` and ${more} more` : ''}`,
  leftOut: (kept: number): string => `There are more than ${kept} open events; the newest ${kept} were read.`,
} as const;
