// What main would say of itself, for a window without main.
import type { AppSnapshot } from '../../../shared/contract/app.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';

export const NOW = '2026-10-20T08:11:36.000Z';

export const appData = (change: Partial<AppSnapshot> = {}): AppSnapshot => ({
  rev: 1,
  version: '0.1.0',
  host: {
    kind: 'chromium',
    why: 'Electron is not installed; Chromium 156 was found.',
    capabilities: {
      window: true,
      dialogs: false,
      notifications: false,
      print: true,
      openExternal: false,
      secrets: 'file',
      keepAwake: false,
      suspendEvents: false,
      tray: false,
      badge: false,
    },
  },
  profile: { path: '/home/marta/.local/share/Bulkhead', temporary: false, owner: true },
  person: { id: 'p1', name: 'Marta Lindqvist' },
  settings: {
    theme: 'night',
    type: 'normal',
    zone: 'America/New_York',
    regions: ['aws/us-east-1', 'aws/us-west-2', 'aws/eu-west-1'],
    firstRunDone: true,
  },
  journal: { entries: 1021, savedAt: NOW, writable: true, reason: null },
  replay: null,
  notices: [],
  now: NOW,
  ...change,
});

export const incidentData = (change: Partial<IncidentLine> = {}): IncidentLine => ({
  id: '0198f2a0-0000-7000-8000-000000000142',
  label: 'INC-0142',
  title: 'Checkout and sign-in failing after AWS us-east-1 deployment',
  severity: 'SEV1',
  phase: 'investigating',
  mode: 'real',
  declaredAt: '2026-10-20T08:05:00.000Z',
  impactStartedAt: '2026-10-20T07:48:20.000Z',
  closedAt: null,
  commander: 'Marta Lindqvist',
  entries: 128,
  ...change,
});
