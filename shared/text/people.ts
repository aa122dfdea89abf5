// How people are called where there is room for one word.
import { appText } from './app.ts';

/** The first name; a desk without a name is called whole. */
export const calledBy = (name: string): string =>
  name === appText.thisDesk ? name : (name.split(' ')[0] ?? name);
