// What a call across the contract is refused with, before its service sees it or when it has no answer.

export const callText = {
  busy: 'Too many calls at once; this one was not done. Try again in a moment.',
  underWay: (count: number, name: string) =>
    `${count} calls are still under way; ${name} was not done. Try again.`,
  unknown: (name: string) => `There is no call ${name} in this version of Bulkhead.`,
  badOutput: (name: string) => `The answer of ${name} is not what the contract says.`,
  tooLargeAnswer: (name: string) => `The answer of ${name} is too large to hand over.`,
  internal: (name: string) =>
    `Bulkhead failed inside while answering ${name}. What happened is in the local log; try again.`,
  badInput: (name: string, issues: readonly string[]) =>
    `${name} was not done: ${issues.join('; ').slice(0, 1000)}.`,
  notText: 'The input of a call must be JSON text.',
  notJson: 'The input of a call must be JSON text, and this is not.',
  tooLarge: (length: number, most: number) =>
    `The input has ${length} characters; at most ${most} are taken. Give large content as a file.`,
  tooDeep: (levels: number) => `The input is nested deeper than ${levels} levels.`,
  prototype: 'The input has a key __proto__, which is never taken.',
  noBridge:
    'This page is not inside Bulkhead, so nothing can be read or written. Start Bulkhead and use its window.',
  noAnswer: (name: string) => `${name} was answered with something that is not an answer. Try again.`,
  notReached: (name: string, why: string) =>
    `${name} did not reach Bulkhead: ${why}. Try again, or restart Bulkhead.`,
} as const;
