// Sentences about the templates of a pack.
export const templateText = {
  unknownField: (name: string, near: string | null): string =>
    `there is no field ${JSON.stringify(name.slice(0, 60))}${near === null ? '; the README of the sample pack lists them' : `; was ${near} meant?`}`,
  unclosedField: 'this field is not closed on its line: }} is missing (write \\{{ for two braces)',
  emptyTag: 'this field has no name',
  neverOpened: (name: string): string => `{{/${name.slice(0, 60)}}} closes what was never opened`,
  crossed: (name: string, open: string): string =>
    `{{/${name.slice(0, 60)}}} stands where {{/${open.slice(0, 60)}}} has to close first`,
  unclosedBlock: (name: string): string =>
    `this block is not closed: {{/${name.slice(0, 60)}}} is missing before the end of the file`,
  tooDeep: (limit: number): string => `blocks are nested more than ${limit} deep`,
  tooLong: (kb: number): string => `longer than ${kb} kB; a template is a page, not a book`,
  noFront:
    'has no front matter: it begins with ---, a line audience: internal, customers or executives, and ---',
  noNextUpdate: 'never says {{nextUpdate}}: every update but the last states when the next one comes',
  noIntegrity: 'never says {{dataIntegrity}}: the last update states data integrity',
  tooMany: (limit: number): string => `more than ${limit} templates; the others were not read`,
} as const;
