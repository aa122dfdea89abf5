// A release: watched like an incident, with no incident yet. Its journal is an incident's; a `declared` in it makes it one.
import { entryText, retractText } from '../../text/entries.ts';
import { settleRelease } from '../fold-state.ts';
import { body, by, type Family, kind, reason, text } from './kind.ts';

const opened = kind({
  v: 1,
  schema: body({ label: text(40), title: text(300), by }),
  upcasters: {},
  row: 'release',
  automatic: false,
  notRetractable: retractText.release,
  apply(incident, e) {
    // The first in the order of state counts, as with declarations.
    if (incident.release !== null) return;
    const { label, title } = e.body;
    incident.release = { label, title, openedAt: e.occurredAt, entry: e.id };
    // Declared before this in the order of state: it is an incident, and was a release.
    if (!incident.declared) {
      incident.label = label;
      incident.title = title;
      incident.mode = 'release';
      incident.declaredAt = e.occurredAt;
    }
    settleRelease(incident);
  },
  words: (e) => entryText.releaseOpened(e.body.label, e.body.title),
});

const ended = kind({
  v: 1,
  schema: body({ reason, by }),
  upcasters: {},
  row: 'release',
  automatic: false,
  notRetractable: retractText.releaseEnd,
  apply(incident, e) {
    // Ended on two machines: the first one stays, as with a closed incident.
    if (incident.releaseEnd !== null) return;
    incident.releaseEnd = { at: e.occurredAt, reason: e.body.reason, entry: e.id };
    settleRelease(incident);
  },
  words: (e) => entryText.releaseEnded(e.body.reason),
});

const reopened = kind({
  v: 1,
  schema: body({ reason, by }),
  upcasters: {},
  row: 'release',
  automatic: false,
  notRetractable: retractText.releaseAgain,
  apply(incident) {
    if (incident.releaseEnd === null) return;
    incident.releaseEnd = null;
    settleRelease(incident);
  },
  words: (e) => entryText.releaseReopened(e.body.reason),
});

export type ReleaseKind = 'release-opened' | 'release-ended' | 'release-reopened';

export const releaseKinds: Family<ReleaseKind> = {
  'release-opened': opened,
  'release-ended': ended,
  'release-reopened': reopened,
};
