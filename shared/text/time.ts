// What the time field says: the echo of what was read, the questions, the refusals. Times arrive already written.

export const timeText = {
  which: (typed: string) => `Which ${typed}?`,
  beforeImpact: 'before impact',
  from: (first: string, second: string) => `about ${first} to ${second}`,
  equals: (local: string, utc: string) => `${local} = ${utc}`,
  skipped: (typed: string, zone: string) =>
    `${typed} did not exist in ${zone}: clocks were set forward. Which one was it?`,
  twice: (typed: string, zone: string) =>
    `${typed} happened twice in ${zone}: clocks were set back. Which one was it?`,
  ahead: (time: string, by: string) => `${time} is ${by}. What happened cannot lie in the future.`,
  tooLong: 'A time has at most 200 characters.',
  notATime: (typed: string) =>
    `“${typed}” is not read as a time. Write 07:48, 07:48:20, -12m, yesterday 23:10 or 2026-10-20 07:48; without a zone it is UTC.`,
  needsTime: (typed: string) => `“${typed}” has no time of day. Add one, like ${typed} 07:48.`,
  noSuchTime: (typed: string) => `There is no ${typed} on a clock.`,
  noSuchDate: (typed: string) => `“${typed}” is not a date of the calendar.`,
  outOfRange: (typed: string) => `“${typed}” lies outside the years 1970 to 2100.`,
  whichOrder: (typed: string) => `“${typed}” can be read as two dates. Write it as 2026-10-20.`,
  unknownZone: (name: string, zone: string) =>
    `${name} is not a name of ${zone}. Write the time in UTC, or with an offset like +02:00.`,
} as const;
