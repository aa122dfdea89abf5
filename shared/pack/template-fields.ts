// The fields that templates of updates may use: closed, so that a slip of the pen is found when the file is read and not at four in
// the morning. All of them come from the incident as its journal folds it, and from the update that is being written.

export const TEMPLATE_FIELDS = {
  label: 'The incident’s label, INC-0042',
  title: 'Its title',
  severity: 'SEV1 to SEV4',
  phase: 'Its phase in words: investigating, identified, rolling back, monitoring, resolved',
  services: 'Affected services, separated by commas',
  regions: 'Affected regions, separated by commas',
  providers: 'Their providers, separated by commas',
  state: 'The worst state among them in words: degraded, partial outage, major outage',
  impact: 'What people notice, as somebody wrote it in the room',
  impactStarted: 'When the impact started; empty while nobody has set it',
  declared: 'When the incident was declared',
  detected: 'When it was detected',
  acknowledged: 'When it was acknowledged',
  identified: 'When the cause was identified',
  mitigated: 'When it was mitigated',
  resolved: 'When it was resolved',
  elapsed: 'How long it has lasted: since the impact started, or since it was declared',
  facts: 'Confirmed facts, one a line',
  decisions: 'Decisions in force, one a line',
  actions: 'Open actions with their owners, one a line',
  questions: 'Open questions, one a line',
  plan: 'The rollback plan that runs, by its title',
  planState: 'How far it is: the wave, the targets that are done',
  commander: 'Who has command',
  operations: 'The operations lead',
  communications: 'The communications lead',
  dataIntegrity: 'Data integrity in words: unknown, none compromised, suspected, confirmed',
  dataIntegrityBasis: 'What that rests on',
  number: 'The number of this update, from 1',
  now: 'When it is written',
  nextUpdate: 'When the next update is due',
  lastUpdate: 'When the last one was sent; empty before the first',
  approvedBy: 'Who approved it; empty while nobody has',
} as const;

export type TemplateField = keyof typeof TEMPLATE_FIELDS;

export const isTemplateField = (name: string): name is TemplateField => Object.hasOwn(TEMPLATE_FIELDS, name);

/** How many letters one word is from another (insert, delete, change). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** The field that was probably meant; null when none is near. */
export function nearestField(name: string): TemplateField | null {
  if (name.length > 40) return null;
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  let best: TemplateField | null = null;
  let least = Math.max(2, Math.floor(plain.length / 3)) + 1;
  for (const field of Object.keys(TEMPLATE_FIELDS) as TemplateField[]) {
    const far = distance(plain, field.toLowerCase());
    if (far < least) {
      least = far;
      best = field;
    }
  }
  return best;
}
