// Where the cascade's nodes and lines stand on the strip. Places that failed within a few pixels of each other are one mark with a
// count; a label is left out where it would run into the next mark. Pure.
import type { ChangeLine } from '../../../shared/contract/changes.ts';
import type { CascadeView } from '../../../shared/contract/watch.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { fromInstant } from '../../../shared/time/clock.ts';

type Node = CascadeView['lanes'][number]['nodes'][number];

export interface Mark {
  readonly key: string;
  /** Pixels from the left edge of the strip, middle of the glyph. */
  readonly x: number;
  readonly lane: number;
  readonly nodes: readonly Node[];
  readonly worst: State;
  /** Empty where there is no room for it. */
  readonly label: string;
  readonly more: number;
  /** The offset has room too. */
  readonly offset: boolean;
  readonly first: boolean;
}

export interface Line {
  readonly key: string;
  readonly from: { readonly x: number; readonly lane: number };
  readonly to: { readonly x: number; readonly lane: number };
  /** Topology or the provider says so; else the one only followed the other. */
  readonly known: boolean;
}

/** A change on the axis; several that lie within a few pixels are one tick. */
export interface ChangeTick {
  readonly key: string;
  readonly x: number;
  /** Nearest before the first signal first. */
  readonly changes: readonly CascadeChange[];
  /** Empty where there is no room for it. */
  readonly label: string;
  /** The nearest before the first signal. */
  readonly nearest: boolean;
}
export type CascadeChange = Pick<
  ChangeLine,
  'id' | 'at' | 'service' | 'version' | 'places' | 'beforeFirstMs' | 'rank' | 'line'
>;

export interface Layout {
  readonly changes: readonly ChangeTick[];
  /** Changes that were suspects and came before the axis begins. */
  readonly earlier: number;
  readonly marks: readonly Mark[];
  readonly lines: readonly Line[];
  readonly nowX: number;
  /** Minutes after the first failure, for the axis. */
  readonly ticks: readonly { readonly x: number; readonly minutes: number }[];
  /** Pixel of an instant, null outside of the strip. */
  readonly at: (ms: number) => number | null;
}

/** Marks nearer than this are one. */
const NEAR = 14;
/** Pixels of one character at 12 px, a little generous. */
const CHAR = 7;
const GLYPH = 16;
const MINUTE = 60_000;
/** How much before the first failure the axis may show at least, and as a share of the cascade's length. */
const MIN_LEAD = 10 * MINUTE;
const LEAD_SHARE = 0.6;
/** Steps of the axis in minutes: the first with at most six of them is taken. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440];

const rank = (state: State): number => STATES.indexOf(state);
const place = (provider: string, region: string, service: string): string =>
  `${provider}\u0000${region}\u0000${service}`;

/** `checkout-api 4.18.0` */
const changeName = (one: Pick<CascadeChange, 'service' | 'version'>): string =>
  [one.service, one.version].filter(Boolean).join(' ');

/** Ticks from left to right, with a name where the next one leaves room for it. */
function changeTicks(
  near: readonly CascadeChange[],
  xOf: (ms: number) => number,
  width: number,
): readonly ChangeTick[] {
  const groups: { x: number; changes: CascadeChange[] }[] = [];
  for (const one of [...near].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const x = xOf(fromInstant(one.at));
    const last = groups.at(-1);
    if (last && x - last.x < NEAR) last.changes.push(one);
    else groups.push({ x, changes: [one] });
  }
  return groups.map(({ x, changes }, i) => {
    const order = [...changes].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
    const head = order[0]!;
    const more = order.length > 1 ? ` +${order.length - 1}` : '';
    const name = `${changeName(head)}${more}`;
    const room = (groups[i + 1]?.x ?? width) - x - GLYPH - 6;
    return {
      key: head.id,
      x,
      changes: order,
      label: name.length * CHAR <= room ? name : '',
      nearest: order.some((one) => one.rank === 1),
    };
  });
}

/** `width` in pixels of the strip; `lanes` how many are drawn; `offsets` false where the axis carries the minutes. */
export function cascadeLayout(
  cascade: Pick<CascadeView, 'lanes' | 'edges' | 'first' | 'lastAt'>,
  now: number,
  width: number,
  lanes: number,
  offsets: boolean,
  changes: readonly CascadeChange[] = [],
): Layout {
  const first = cascade.first ? fromInstant(cascade.first.node.at) : now;
  const end = Math.max(now, cascade.lastAt ? fromInstant(cascade.lastAt) : now, first + MINUTE);
  // The axis begins with the earliest change that is near enough to leave the cascade its room.
  const lead = Math.max(MIN_LEAD, (end - first) * LEAD_SHARE);
  const near = changes.filter((one) => fromInstant(one.at) >= first - lead && fromInstant(one.at) <= end);
  const start = near.reduce((ms, one) => Math.min(ms, fromInstant(one.at)), first);
  const left = 24;
  const right = 40;
  const scale = Math.max(0, width - left - right) / (end - start);
  const xOf = (ms: number): number => left + (ms - start) * scale;
  const causes = new Map<string, Set<string>>();
  for (const edge of cascade.edges) {
    const to = place(edge.to.provider, edge.to.region, edge.to.service);
    const from = place(edge.from.provider, edge.from.region, edge.from.service);
    causes.set(to, (causes.get(to) ?? new Set()).add(from));
  }
  const shown = cascade.lanes.slice(0, lanes);
  const marks: Mark[] = [];
  shown.forEach((lane, laneAt) => {
    const groups: { x: number; nodes: Node[] }[] = [];
    for (const node of [...lane.nodes].sort((a, b) => a.at.localeCompare(b.at))) {
      const x = xOf(fromInstant(node.at));
      const last = groups.at(-1);
      if (last && x - last.x < NEAR) last.nodes.push(node);
      else groups.push({ x, nodes: [node] });
    }
    groups.forEach((group, i) => {
      const head = group.nodes[0];
      if (!head) return;
      const more = group.nodes.length - 1 + (i === groups.length - 1 ? lane.more : 0);
      const next =
        groups[i + 1]?.x ?? Math.max(xOf(now), group.x + GLYPH) + (groups.length === 1 ? right : 0);
      const room = next - group.x - GLYPH - 6;
      const text = head.service.length * CHAR + (more ? 4 * CHAR : 0);
      const isFirst = laneAt === 0 && i === 0;
      const last = i === groups.length - 1;
      // The last label of a lane may run past "now": nothing comes after it.
      const fits = text <= (last ? Math.max(room, width - group.x - GLYPH - 4) : room);
      marks.push({
        key: `${lane.provider} ${lane.region} ${head.service} ${head.at}`,
        x: group.x,
        lane: laneAt,
        nodes: group.nodes,
        worst: group.nodes.reduce<State>((w, n) => (rank(n.worst) < rank(w) ? n.worst : w), head.worst),
        label: fits ? head.service : '',
        more,
        offset:
          fits &&
          (isFirst || offsets) &&
          text + 6 * CHAR + 6 <= (last ? Math.max(room, width - group.x - GLYPH - 4) : room),
        first: isFirst,
      });
    });
  });
  const lines: Line[] = [];
  const nameOf = (mark: Mark, node: Node): string => {
    const lane = shown[mark.lane];
    return place(lane?.provider ?? '', lane?.region ?? '', node.service);
  };
  const caused = (to: Mark, from: Mark): boolean =>
    to.nodes.some((n) => {
      const known = causes.get(nameOf(to, n));
      return known !== undefined && from.nodes.some((f) => known.has(nameOf(from, f)));
    });
  for (const mark of marks) {
    if (mark.first) continue;
    const before = marks.filter(
      (m) => m !== mark && m.x <= mark.x && !(m.x === mark.x && m.lane >= mark.lane),
    );
    const same = before.filter((m) => m.lane === mark.lane);
    const cause = before.filter((m) => caused(mark, m)).at(-1);
    // What is known comes first, then the one before it in its own region, then the latest of the region that failed first.
    const from = cause ?? same.at(-1) ?? before.filter((m) => m.lane === 0).at(-1) ?? before.at(-1);
    if (from) {
      lines.push({
        key: `${from.key}>${mark.key}`,
        from: { x: from.x, lane: from.lane },
        to: { x: mark.x, lane: mark.lane },
        known: cause !== undefined,
      });
    }
  }
  const minutes = (end - start) / MINUTE;
  const step = STEPS.find((s) => minutes / s <= 6) ?? 1440;
  const from = -Math.floor((first - start) / MINUTE / step);
  return {
    changes: changeTicks(near, xOf, width),
    earlier: changes.filter((one) => one.rank !== null && fromInstant(one.at) < start).length,
    marks,
    lines,
    nowX: xOf(now),
    ticks: Array.from({ length: Math.floor((end - first) / MINUTE / step) - from + 1 }, (_, i) => ({
      x: xOf(first + (from + i) * step * MINUTE),
      minutes: (from + i) * step,
    })),
    at: (ms) => {
      const x = xOf(ms);
      return x < 2 || x > width - 2 ? null : x;
    },
  };
}
