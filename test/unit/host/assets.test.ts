import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assets, createAssets } from '../../../electron/host/assets.ts';
import { CHROMIUM_ORIGIN, ELECTRON_ORIGIN } from '../../../electron/host/channels.ts';
import { BLOB_POLICY, PAGE_POLICY } from '../../../electron/host/headers.ts';

const SHA = 'a'.repeat(64);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe.each([ELECTRON_ORIGIN, CHROMIUM_ORIGIN])('the own origin %s', (origin) => {
  let base: string;
  let assets: Assets;
  const asked: string[] = [];

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'bulkhead-assets-'));
    const root = join(base, 'renderer');
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<!doctype html>home');
    writeFileSync(join(root, 'assets', 'a-1.js'), 'export {}');
    writeFileSync(join(root, 'assets', 'font.woff2'), 'f');
    writeFileSync(join(root, '.hidden.js'), 'secret');
    writeFileSync(join(base, 'outside.js'), 'secret');
    mkdirSync(join(base, 'elsewhere'));
    writeFileSync(join(base, 'elsewhere', 'x.js'), 'secret');
    symlinkSync(join(base, 'outside.js'), join(root, 'link.js'));
    symlinkSync(join(base, 'elsewhere'), join(root, 'folder'));
    assets = createAssets({
      root,
      origin,
      blob: async (sha256) => {
        asked.push(sha256);
        if (sha256 === SHA) return PNG;
        if (sha256 === 'b'.repeat(64))
          return new TextEncoder().encode('<!doctype html><script>alert(1)</script>');
        if (sha256 === 'c'.repeat(64))
          return new TextEncoder().encode('<?xml version="1.0"?><svg onload="x()"/>');
        if (sha256 === 'd'.repeat(64)) throw new Error('disk');
        return null;
      },
    });
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('serves the bundle with types, the policy and nosniff', async () => {
    const home = await assets('GET', `${origin}/?room=1#x`);
    expect(home.status).toBe(200);
    expect(text(home.body)).toContain('home');
    expect(home.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(home.headers['content-security-policy']).toBe(PAGE_POLICY);
    expect(home.headers['x-content-type-options']).toBe('nosniff');
    expect((await assets('GET', `${origin}/assets/a-1.js`)).headers['content-type']).toMatch(
      /^text\/javascript/,
    );
    expect((await assets('GET', `${origin}/assets/font.woff2`)).headers['content-type']).toBe('font/woff2');
  });

  it('the policy has no inline, no eval, no other origin', () => {
    expect(PAGE_POLICY).not.toMatch(/unsafe|https?:|\*/);
    expect(PAGE_POLICY).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(BLOB_POLICY).toMatch(/sandbox/);
  });

  it('answers GET and HEAD only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get'])
      expect((await assets(method, `${origin}/`)).status).toBe(405);
  });

  it.each([
    '/../../etc/passwd',
    '/../outside.js',
    '/assets/../../outside.js',
    '/assets/..',
    '/./index.html',
    '//index.html',
    '/assets//a-1.js',
    '/assets/',
  ])('C28 nothing outside the bundle: %s', async (path) => {
    expect((await assets('GET', origin + path)).status).toBe(404);
  });

  it.each([
    '/%2e%2e/outside.js',
    '/%2e%2e%2foutside.js',
    '/..%2foutside.js',
    '/..%5coutside.js',
    '/..\\outside.js',
    '/%252e%252e%252foutside.js',
    '/%252e%252e/outside.js',
    '/index.html%00.js',
    '/index.html\0',
    '/%c0%ae%c0%ae/outside.js',
    '/assets%2fa-1.js',
    '/index.html;x=1',
    '/INDEX.HTML::$DATA',
    '/assets/a-1.js%20',
    '/.hidden.js',
  ])('C29 encodings, NUL and odd names lead nowhere: %s', async (path) => {
    expect((await assets('GET', origin + path)).status).toBe(404);
  });

  it.each(['/link.js', '/folder/x.js'])('C30 symbolic links out are not followed: %s', async (path) => {
    const answer = await assets('GET', origin + path);
    expect(answer.status).toBe(404);
    expect(text(answer.body)).not.toContain('secret');
  });

  it.each([
    'bulkhead://evil/index.html',
    'bulkhead://app.evil/index.html',
    'bulkhead://app@evil/index.html',
    'bulkhead://app:80/index.html',
    'https://bulkhead.invalid.evil.example/index.html',
    'https://bulkhead.invalid@evil.example/index.html',
    'https://bulkhead.invalid:444/index.html',
    'http://bulkhead.invalid/index.html',
    'file:///etc/passwd',
    '/index.html',
    '',
  ])('C31 another host or scheme is not answered: %s', async (url) => {
    expect((await assets('GET', url)).status).toBe(404);
  });

  it('serves blobs by their whole hash only, sandboxed, and never as a page', async () => {
    const picture = await assets('GET', `${origin}/blob/${SHA}`);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.headers['content-security-policy']).toBe(BLOB_POLICY);
    expect(picture.body).toEqual(PNG);
    const page = await assets('GET', `${origin}/blob/${'b'.repeat(64)}`);
    expect(page.headers['content-type']).toBe('application/octet-stream');
    expect(page.headers['content-disposition']).toBe('attachment');
    const drawing = await assets('GET', `${origin}/blob/${'c'.repeat(64)}`);
    expect(drawing.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': BLOB_POLICY,
    });
    expect((await assets('GET', `${origin}/blob/${'d'.repeat(64)}`)).status).toBe(404);
    const before = asked.length;
    for (const path of ['', '/', `/${SHA}/x`, `/${SHA.toUpperCase()}`, `/${SHA.slice(1)}`, `/../${SHA}`])
      expect((await assets('GET', `${origin}/blob${path}`)).status).toBe(404);
    expect(asked.length).toBe(before);
  });

  it('C29 whatever the path, only files of the bundle are read (property)', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '/',
      'assets',
      'outside.js',
      'link.js',
      '%00',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const answer = await assets('GET', `${origin}/${parts.join('')}`);
        expect(text(answer.body)).not.toContain('secret');
      }),
      { numRuns: 400 },
    );
  });
});
