// Writes the published JSON Schemas from the schemas in the code. Run with the project's own Node (it strips types): node build/schemas.mjs
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { exportSchema } from '../shared/report/export-json.ts';
import { topologySchema } from '../shared/topology/types.ts';

const write = (name, schema) =>
  writeFileSync(
    new URL(`../schemas/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(schema, null, 2)}\n`,
  );

write('incident-export', exportSchema());
write('topology', { title: 'Bulkhead topology.yaml', ...z.toJSONSchema(topologySchema, { io: 'input' }) });
