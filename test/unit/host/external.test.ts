import { describe, expect, it } from 'vitest';
import { checkExternal } from '../../../electron/host/external.ts';

describe('links opened outside', () => {
  it.each([
    'https://status.example.com/a?b=c#d',
    'mailto:ops@example.com?subject=SEV1',
    'https://example.com:8443/',
  ])('opens %s', (url) => {
    expect(checkExternal(url)).toMatchObject({ ok: true });
  });

  it('hands over the host in ASCII, so that a look-alike shows', () => {
    expect(checkExternal('https://ехample.com/')).toEqual({
      ok: true,
      value: 'https://xn--ample-ywe6i.com/',
    });
  });

  it.each([
    'file:///etc/passwd',
    'smb://host/share',
    'ms-word:ofe|u|https://evil.example/a.docx',
    'search-ms:query=x&crumb=location:\\\\evil',
    'http://example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ssh://-oProxyCommand=x/',
    'bulkhead://app/',
    'custom:x',
    '\\\\host\\share',
    '/etc/passwd',
    '-a Calculator',
    '',
  ])('B25 refuses %s', (url) => {
    expect(checkExternal(url)).toMatchObject({ ok: false, error: { code: 'refused-link' } });
  });

  it.each([
    'https://ok.example@evil.example/',
    'https://ok.example:x@evil.example/',
    'https:\\\\ok.example\\..\\evil.example',
    'https://ok.example\u202E/gpj.exe',
    'https://ok\u200b.example/',
    'https://ok.example/ a',
    ' https://ok.example/',
    'ht\ttps://ok.example/',
    'https://ok.example/\nX',
  ])('B26 refuses what misleads: %j', (url) => {
    expect(checkExternal(url)).toMatchObject({ ok: false, error: { code: 'refused-link' } });
  });

  it('B26 a prefix is not a host', () => {
    expect(checkExternal('https://ok.example.evil.tld/')).toEqual({
      ok: true,
      value: 'https://ok.example.evil.tld/',
    });
  });

  it.each(['file:///home/me/x.desktop', 'file:///c:/x.exe', 'C:\\x.exe', 'mailto:a@b.c?attach=/etc/passwd'])(
    'B27 starts no file: %s',
    (url) => {
      expect(checkExternal(url)).toMatchObject({ ok: false });
    },
  );
});
