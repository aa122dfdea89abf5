// Line icons of lucide (ISC), taken from its package at build time and drawn as React elements: no markup is injected, nothing is fetched.
// An icon is decoration; the word stands beside it. Add one here before using it.
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import bookOpen from 'lucide-static/icons/book-open.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import fileText from 'lucide-static/icons/file-text.svg?raw';
import folderOpen from 'lucide-static/icons/folder-open.svg?raw';
import gavel from 'lucide-static/icons/gavel.svg?raw';
import hardDrive from 'lucide-static/icons/hard-drive.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import layoutGrid from 'lucide-static/icons/layout-grid.svg?raw';
import megaphone from 'lucide-static/icons/megaphone.svg?raw';
import messageSquare from 'lucide-static/icons/message-square.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import paperclip from 'lucide-static/icons/paperclip.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import pencilLine from 'lucide-static/icons/pencil-line.svg?raw';
import pin from 'lucide-static/icons/pin.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import radio from 'lucide-static/icons/radio.svg?raw';
import refreshCw from 'lucide-static/icons/refresh-cw.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import siren from 'lucide-static/icons/siren.svg?raw';
import trash2 from 'lucide-static/icons/trash-2.svg?raw';
import typeIcon from 'lucide-static/icons/type.svg?raw';
import undo2 from 'lucide-static/icons/undo-2.svg?raw';
import unplug from 'lucide-static/icons/unplug.svg?raw';
import user from 'lucide-static/icons/user.svg?raw';
import wrench from 'lucide-static/icons/wrench.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import { createElement, type ReactElement } from 'react';

const RAW = {
  'arrow-right': arrowRight,
  'book-open': bookOpen,
  check,
  'chevron-down': chevronDown,
  'chevron-right': chevronRight,
  clock,
  copy,
  'file-text': fileText,
  'folder-open': folderOpen,
  gavel,
  'hard-drive': hardDrive,
  history,
  keyboard,
  'layout-grid': layoutGrid,
  megaphone,
  'message-square': messageSquare,
  moon,
  paperclip,
  pause,
  'pencil-line': pencilLine,
  pin,
  play,
  plus,
  radio,
  'refresh-cw': refreshCw,
  search,
  siren,
  'trash-2': trash2,
  type: typeIcon,
  'undo-2': undo2,
  unplug,
  user,
  wrench,
  x,
} as const;
export type IconName = keyof typeof RAW;

const parsed = new Map<IconName, ReactElement[]>();
function shapes(name: IconName): ReactElement[] {
  let list = parsed.get(name);
  if (!list) {
    const body = RAW[name].slice(RAW[name].indexOf('>', RAW[name].indexOf('<svg')) + 1);
    list = [...body.matchAll(/<(path|circle|rect|line|polyline|polygon|ellipse)\s([^>]*?)\/>/g)].map(
      ([, tag, attributes], key) => {
        const props: Record<string, string | number> = { key };
        for (const [, k, v] of (attributes ?? '').matchAll(/([\w-]+)="([^"]*)"/g)) props[k!] = v!;
        return createElement(tag!, props);
      },
    );
    parsed.set(name, list);
  }
  return list;
}

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg className={className ? `ic ${className}` : 'ic'} viewBox="0 0 24 24" aria-hidden="true">
      {shapes(name)}
    </svg>
  );
}

/** The arrow between two things, read as "to": the fonts have no arrows. */
export function To() {
  return (
    <svg className="ic to" viewBox="0 0 24 24" role="img" aria-label="to">
      <path d="M5 12h14" />
      <path d="m13 6 6 6-6 6" />
    </svg>
  );
}
