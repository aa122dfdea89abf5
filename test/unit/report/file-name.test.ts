import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportName } from '../../../shared/report/file-name.ts';

it('F54 names lead nowhere and fit every file system', () => {
  expect(exportName('INC-0001', '../../x', 'md')).toBe('INC-0001 . . x.md');
  expect(exportName('', 'CON', 'json')).toBe('incident CON.json');
  expect(exportName('', '', 'md')).toBe('incident.md');
  expect(exportName('INC-0002', 'ü'.repeat(300), 'md').length).toBeLessThan(130);
  expect(exportName('INC-0003', 'rm\u202egpj.exe\0', 'md')).toBe('INC-0003 rm gpj.exe.md');
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: 'binary' }), (label, title) => {
      const name = exportName(label, title, 'md');
      expect(name).toMatch(/^[^<>:"/\\|?*\p{C}]+\.md$/u);
      expect(name).not.toMatch(/^\.|\.\./);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(140);
    }),
    { numRuns: 500 },
  );
});
