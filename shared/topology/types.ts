// Our services and what they depend on. Read from topology.yaml of a pack; published as schemas/topology.schema.json.
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,79}$/, 'a name has letters, digits, dots, dashes and underscores, 80 at most');

/** `aws/us-east-1/dynamodb` (a service of a provider), `aws/us-east-1` (a whole region) or the name of one of our services. */
const reference = z.string().min(1).max(300);

export type Need = string | { readonly 'all-of': readonly Need[] } | { readonly 'any-of': readonly Need[] };
const need: z.ZodType<Need> = z.lazy(() =>
  z.union([
    reference,
    z.strictObject({ 'all-of': z.array(need).min(1).max(100) }),
    z.strictObject({ 'any-of': z.array(need).min(1).max(100) }),
  ]),
);

const serviceSchema = z.strictObject({
  title: z.string().max(200).optional().describe('For people; default: the name'),
  tier: z.number().int().min(1).max(5).default(3).describe('1: customers notice at once'),
  owner: z.string().max(200).default(''),
  costPerMinute: z.number().nonnegative().optional().describe('Of an outage, in `currency`'),
  runsIn: z
    .array(reference)
    .max(100)
    .default([])
    .describe('provider/region where it runs; these regions always have a column'),
  needs: z.array(need).max(200).default([]).describe('All of them; use any-of where one is enough'),
});

export const topologySchema = z.strictObject({
  version: z.literal(1).default(1),
  currency: z.string().max(10).default('EUR'),
  services: z.record(name, serviceSchema),
});

/** What a need points to, resolved. */
export type Leaf =
  | { readonly kind: 'place'; readonly provider: string; readonly region: string; readonly service: string }
  | { readonly kind: 'region'; readonly provider: string; readonly region: string }
  | { readonly kind: 'ours'; readonly service: string };

export type Tree =
  | { readonly op: 'leaf'; readonly leaf: Leaf; readonly text: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Tree[] };

export interface OurService {
  readonly name: string;
  readonly title: string;
  readonly tier: number;
  readonly owner: string;
  readonly costPerMinute: number | null;
  readonly runsIn: readonly { readonly provider: string; readonly region: string }[];
  readonly needs: Tree;
}

export interface Topology {
  readonly currency: string;
  readonly services: ReadonlyMap<string, OurService>;
}
