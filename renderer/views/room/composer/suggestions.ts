// What the composer offers while a word is typed: commands, people of the room, regions of the incident. Pure.
import type { IncidentView } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { COMMANDS, type Suggestion, type wordAt } from './commands.ts';

const text = room.composer;
/** Names and targets offered at once. */
const OFFERED = 7;

/** Everybody who is named in the room, whoever writes first. */
export const peopleOf = (person: string, incident: IncidentView): readonly string[] =>
  [
    ...new Set([
      person,
      ...incident.roles.map((one) => one.name ?? ''),
      ...incident.actions.map((one) => one.owner ?? ''),
      ...incident.facts.map((one) => one.by),
    ]),
  ].filter(Boolean);

/** A release has neither phase nor severity. */
export const commandsOf = (incident: IncidentView): readonly (typeof COMMANDS)[number][] =>
  COMMANDS.filter((one) => incident.mode !== 'release' || (one.word !== 'phase' && one.word !== 'severity'));

export function suggestions(
  word: ReturnType<typeof wordAt>,
  incident: IncidentView,
  people: readonly string[],
): readonly Suggestion[] {
  if (!word) return [];
  const begins = (one: string): boolean => one.toLowerCase().includes(word.typed.toLowerCase());
  const all = (): Suggestion[] => {
    switch (word.sign) {
      case '/':
        return commandsOf(incident)
          .filter((one) => one.word.startsWith(word.typed.toLowerCase()))
          .map((one) => ({ value: `/${one.word}`, hint: text.hints[one.word] }));
      case '@':
        return people
          .filter(begins)
          .slice(0, OFFERED)
          .map((one) => ({
            value: `@${one}`,
            hint: incident.roles.find((role) => role.name === one)?.role ?? '',
          }));
      default:
        return incident.affected
          .filter((one) => begins(one.region))
          .slice(0, OFFERED)
          .map((one) => ({ value: `#${one.region}`, hint: one.provider }));
    }
  };
  const options = all();
  // What stands there whole needs no suggestion.
  return options.length === 1 && options[0]?.value === `${word.sign}${word.typed}` ? [] : options;
}

/** `@Priya` means the one person here whose name begins like that; else the word as typed. */
export function fullName(typed: string, people: readonly string[]): string {
  const fits = people.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  return fits.length === 1 ? (fits[0] ?? typed) : typed;
}
