// Writes the published JSON Schemas from the schemas in the code. Run with the project's own Node (it strips types): node build/schemas.mjs
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { FEED_KIND_NAMES } from '../electron/health/sources/kind.ts';
import { feedsSchema } from '../shared/pack/feeds.ts';
import { templateSchema } from '../shared/pack/templates.ts';
import { probesSchema } from '../shared/probes/spec.ts';
import { exportSchema } from '../shared/report/export-json.ts';
import { topologySchema } from '../shared/topology/types.ts';

const write = (name, schema) =>
  writeFileSync(
    new URL(`../schemas/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(schema, null, 2)}\n`,
  );

write('incident-export', exportSchema());
write('topology', { title: 'Bulkhead topology.yaml', ...z.toJSONSchema(topologySchema, { io: 'input' }) });

const feeds = z.toJSONSchema(feedsSchema, { io: 'input' });
// Editors complete the kinds; the schema in the code leaves them to the registry.
const feed = feeds.properties.feeds.additionalProperties.properties;
feed.kind = { ...feed.kind, enum: [...FEED_KIND_NAMES] };
write('feeds', { title: 'Bulkhead feeds.yaml', ...feeds });
write('probes', { title: 'Bulkhead probes.yaml', ...z.toJSONSchema(probesSchema, { io: 'input' }) });
write('update-template', {
  title: 'Bulkhead front matter of a template in templates/',
  ...z.toJSONSchema(templateSchema, { io: 'input' }),
});
