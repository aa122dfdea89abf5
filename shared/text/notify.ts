// Sentences of notifications.
const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const notifyText = {
  title: {
    'ours-worse': 'Worse where we run',
    'any-worse': 'Worse elsewhere',
    'feed-stale': 'Not heard',
    'ours-better': 'Better where we run',
  },
  more: (text: string, more: number): string => (more === 0 ? text : `${text} And ${more} more.`),
  again: (open: number): string => `${many(open, 'item')} not acknowledged`,
  noName: 'An acknowledgement stands under a name. Say yours first, then acknowledge again.',
  noItem: 'This item is not open any more. It was acknowledged, or it is over.',
  broken: (why: string): string =>
    `The settings of notifications could not be read (${why}) and were set aside as notify.json.broken. They are as they come again.`,
} as const;
