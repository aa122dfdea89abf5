// What a runbook's front matter says, as its head shows it. A change of a plan is data; people read it in words. Pure.
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { dayShort, utc } from '../../../shared/time/format.ts';

const words = runbooks.change;

/** A time of the file, which is UTC where it names no zone; null when it is none. */
function time(typed: string): string | null {
  const text = typed.trim().replace(' ', 'T');
  const zoned = /T/i.test(text) && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? `${text}Z` : text;
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(ms) ? null : `${dayShort(ms)} ${utc(ms, 'minute')}`;
}

/** One line of a plan's front matter as its head shows it; null: data that the plan itself shows better, once it is started. */
export function planMeta(name: string, value: string): string | null {
  const change = name === 'change' ? changeWords(value) : null;
  if (change !== null || !value.trimStart().startsWith('{')) return change ?? value;
  if (name !== 'waves') return null;
  try {
    const waves = JSON.parse(`[${value}]`) as readonly { readonly name?: unknown }[];
    return waves.map((wave) => String(wave.name ?? '')).join(', ') || null;
  } catch {
    return null;
  }
}

/** `checkout-api 4.18.0 to 4.17.3, deployed Mon 20 Oct 06:44Z, schema reversible`; null when it is no change of a plan. */
export function changeWords(value: string): string | null {
  let read: unknown;
  try {
    read = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const all = read as Readonly<Record<string, unknown>>;
  const said = (name: string): string => {
    const one = all[name];
    return typeof one === 'string' || typeof one === 'number' ? String(one) : '';
  };
  if (said('system') === '' || said('to') === '') return null;
  const at = said('deployedAt');
  return [
    words.versions(said('system'), said('from'), said('to')),
    at === '' ? '' : words.deployed(time(at) ?? at),
    said('schema') === '' ? '' : words.schema(said('schema')),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
