// What may be opened outside: https pages and mail, judged on the parsed URL and never on how its text begins.
import { fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';

/** Mail that attaches a file of the machine is no mail we start. */
const MAIL_FIELDS = new Set(['subject', 'body', 'cc', 'bcc', 'to']);

/** The URL as it will be opened (host in ASCII). Errors: `refused-link`, with the reason for people. */
export function checkExternal(url: string): Result<string> {
  if (url.length > 4096) return refused(say.long);
  // Controls, blanks, bidirectional and zero-width characters: what is shown would not be what is opened.
  if (/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]/.test(url))
    return refused(say.misleading);
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return refused(say.incomplete);
  }
  if (parsed.protocol === 'https:') {
    if (parsed.username !== '' || parsed.password !== '') return refused(say.userName);
    if (parsed.hostname === '' || /\.\.|^\.$/.test(parsed.hostname)) return refused(say.noMachine);
    return ok(parsed.href);
  }
  if (parsed.protocol === 'mailto:') {
    for (const name of parsed.searchParams.keys())
      if (!MAIL_FIELDS.has(name.toLowerCase())) return refused(say.mailField(name));
    return ok(parsed.href);
  }
  return refused(say.scheme(parsed.protocol));
}

const say = hostText.link;
const refused = (why: string): Result<never> => fail('refused-link', say.refused(why));
