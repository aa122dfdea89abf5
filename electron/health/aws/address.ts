// The address of a feed that asks the AWS Health API: `aws-health:` with the name of a profile, or without one for the credentials
// that the environment names.
const SCHEME = 'aws-health:';
const MAX_PROFILE = 120;

export const awsHealthUrl = (profile: string | null): string => `${SCHEME}${profile ?? ''}`;

export const isAwsHealth = (url: string): boolean => url.trim().toLowerCase().startsWith(SCHEME);

/** The profile that an address names, null for none; undefined when it is no such address. */
export function profileOf(url: string): string | null | undefined {
  if (!isAwsHealth(url)) return undefined;
  const name = url.trim().slice(SCHEME.length).replace(/^\/\//, '').trim().slice(0, MAX_PROFILE);
  return name === '' ? null : name;
}
