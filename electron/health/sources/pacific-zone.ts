// US/Pacific civil time to UTC, by the rule in force since 2007: daylight time from the second Sunday of March to the first of
// November, at 02:00. Google Cloud's Atom feed writes such times without offset.

/** Day of the month of the nth Sunday (n from 1). */
const sunday = (year: number, month: number, n: number): number => {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return 1 + ((7 - first) % 7) + (n - 1) * 7;
};

/** Milliseconds of a Pacific civil time given as if it were UTC. The hour that occurs twice is taken as the first. */
export function pacificToUtc(civil: number): number {
  const year = new Date(civil).getUTCFullYear();
  const start = Date.UTC(year, 2, sunday(year, 2, 2), 2);
  const end = Date.UTC(year, 10, sunday(year, 10, 1), 2);
  return civil + (civil >= start && civil < end ? 7 : 8) * 3_600_000;
}
