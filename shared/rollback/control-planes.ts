// Single-region control planes that recovery should not lean on. Sources: AWS Fault Isolation Boundaries white paper
// (appendix on partitional and global services) and the providers' own post-mortems.

export interface ControlPlane {
  readonly provider: string;
  readonly region: string;
  /** Service as feeds name it. */
  readonly service: string;
  /** Words in a step that mean it. */
  readonly words: RegExp;
}

export const CONTROL_PLANES: readonly ControlPlane[] = [
  { provider: 'aws', region: 'us-east-1', service: 'iam', words: /\b(iam|assume[- ]role|sts)\b/i },
  { provider: 'aws', region: 'us-east-1', service: 'organizations', words: /\borganizations\b/i },
  { provider: 'aws', region: 'us-east-1', service: 'route53', words: /\broute ?53\b/i },
  { provider: 'aws', region: 'us-east-1', service: 'cloudfront', words: /\bcloudfront\b/i },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 's3',
    words: /\b(create-bucket|s3 mb|bucket creation)\b/i,
  },
  { provider: 'aws', region: 'us-west-2', service: 'globalaccelerator', words: /\bglobal ?accelerator\b/i },
  {
    provider: 'aws',
    region: 'us-west-2',
    service: 'arc',
    words: /\b(application recovery controller|arc routing)\b/i,
  },
];
