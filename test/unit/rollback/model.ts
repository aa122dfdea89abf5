// A simple reference of what a rollback may do, written apart from the code: it knows the readings that were heard and the
// entries as they appear, and says which of them should not have been written. Seconds of script time throughout.
import type { FoldEntry } from '../../../shared/rollback/entry.ts';

export interface Heard {
  readonly target: string;
  readonly at: number;
  readonly errors: number;
  readonly tries: number;
}

interface Plan {
  readonly waves: readonly {
    readonly name: string;
    readonly targets: readonly string[];
    readonly bake: number;
    readonly manual: boolean;
  }[];
  readonly stale: number;
  readonly cool: number;
  readonly tries: number;
  readonly good: number;
  readonly goodFor: number;
}

export class Reference {
  readonly plan: Plan;
  breaker: 'closed' | 'open' | 'half-open' = 'closed';
  tried: string | null = null;
  openedAt = 0;
  trippedBy = '';
  running = false;
  paused = false;
  passed = new Set<string>();
  started = new Set<string>();
  targets = new Map<string, string>();
  /** `code|wave or target` of overrides that may still count. */
  overrides = new Set<string>();
  bakes = new Map<string, { at: number; lost: boolean }>();
  heard: Heard[] = [];
  untrusted = false;
  /** A wave has just begun for the sake of one of these. */
  begunFor: readonly string[] | null = null;
  complaints: string[] = [];
  seen = new Set<string>();

  constructor(plan: Plan) {
    this.plan = plan;
    for (const wave of plan.waves) for (const target of wave.targets) this.targets.set(target, 'pending');
  }

  hear(reading: Heard): void {
    this.heard.push(reading);
  }

  private own(target: string, until: number): Heard[] {
    return this.heard.filter((one) => one.target === target && one.at <= until);
  }

  private wave(target: string) {
    return this.plan.waves.find((wave) => wave.targets.includes(target));
  }

  private complain(entry: FoldEntry, at: number, text: string): void {
    this.complaints.push(`${entry.kind} at ${at}s: ${text}`);
  }

  /** Seconds since `from` at which each target's readings around that second are no further apart than `stale`. */
  watched(from: number, to: number, targets: readonly string[]): number {
    let count = 0;
    for (let second = from; second < to; second++) {
      const covered = targets.every((target) => {
        const readings = this.own(target, to).map((one) => one.at);
        const before = readings.filter((at) => at <= second).at(-1);
        const after = readings.find((at) => at > second) ?? to;
        return before !== undefined && after - before <= this.plan.stale;
      });
      if (covered) count += 1;
    }
    return count;
  }

  private overridden(code: string, wave: string, target: string): boolean {
    return [`${code}|${wave}`, `${code}|${target}`, `${code}|`].some((key) => this.overrides.has(key));
  }

  /** Takes notice of an entry, in the order in which it was written, and complains if it should not be there. */
  take(entry: FoldEntry, at: number): void {
    const body = entry.body ?? {};
    const target = String(body['target'] ?? '');
    const wave = String(body['wave'] ?? this.wave(target)?.name ?? '');
    this.seen.add(entry.kind);
    if (this.begunFor && !(entry.kind === 'target-started' && this.begunFor.includes(target)))
      this.complain(entry, at, `a wave began with the breaker ${this.breaker}, for another target`);
    this.begunFor = null;
    switch (entry.kind) {
      case 'plan-started':
      case 'plan-resumed':
        this.running = true;
        this.paused = false;
        break;
      case 'plan-paused':
        this.paused = true;
        break;
      case 'plan-aborted':
      case 'plan-completed':
        this.running = false;
        break;
      case 'hold-overridden':
        this.overrides.add(`${body['code']}|${body['target'] ?? body['wave'] ?? ''}`);
        if (body['code'] === 'clock-untrusted') this.untrusted = false;
        break;
      case 'clock-jumped':
        if (body['trusted'] === false) this.untrusted = true;
        break;
      case 'target-started':
        this.start(entry, at, target, wave);
        break;
      case 'target-retried':
        this.targets.set(target, 'running');
        this.lose(target);
        break;
      case 'target-done':
        this.targets.set(target, 'done');
        break;
      case 'target-failed':
      case 'target-reverting':
      case 'step-undone':
        this.targets.set(target, entry.kind === 'step-undone' ? 'running' : 'out');
        this.lose(target);
        break;
      case 'target-reverted':
        this.targets.set(target, 'reverted');
        break;
      case 'target-skipped':
        this.targets.set(target, 'skipped');
        break;
      case 'wave-started':
        this.startWave(entry, at, wave);
        break;
      case 'bake-started':
        if (body['trial'] !== true) this.startBake(entry, at, wave);
        break;
      case 'bake-ended':
        if (body['cause'] === 'full' && body['trial'] !== true) this.full(entry, at, wave);
        break;
      case 'gate-passed':
        this.pass(entry, at, wave);
        break;
      case 'breaker-opened':
        if (this.breaker === 'open') this.complain(entry, at, 'it was open already');
        this.breaker = 'open';
        this.openedAt = at;
        this.trippedBy = target;
        for (const one of this.bakes.values()) one.lost = true;
        break;
      case 'breaker-half-opened':
        if (this.breaker === 'closed') this.complain(entry, at, 'it was closed');
        this.breaker = 'half-open';
        this.tried = body['choose'] === 'try-one' ? target : null;
        break;
      case 'trip-accepted':
        this.overrides.add('cool|');
        break;
      case 'breaker-closed':
        if (at - this.openedAt < this.plan.cool && !this.overrides.has('cool|'))
          this.complain(entry, at, `the cool time is not over; it opened at ${this.openedAt}s`);
        this.breaker = 'closed';
        this.tried = null;
        this.overrides.delete('cool|');
        break;
      default:
    }
  }

  private start(entry: FoldEntry, at: number, target: string, wave: string): void {
    if (this.targets.get(target) !== 'pending') this.complain(entry, at, `${target} was not pending`);
    if (!this.running || this.paused) this.complain(entry, at, 'the plan does not run');
    const allowed =
      this.breaker === 'closed' || this.tried === target || this.overridden('breaker-open', wave, target);
    if (!allowed) this.complain(entry, at, `${target} was started while the breaker was ${this.breaker}`);
    this.targets.set(target, 'running');
    this.overrides.delete(`breaker-open|${target}`);
  }

  private startWave(entry: FoldEntry, at: number, wave: string): void {
    const index = this.plan.waves.findIndex((one) => one.name === wave);
    const before = this.plan.waves.slice(0, index).every((one) => this.passed.has(one.name));
    if (!before && !this.overridden('wave-before-not-passed', wave, ''))
      this.complain(entry, at, 'a wave before it has not passed');
    if (this.breaker !== 'closed' && !this.overridden('breaker-open', wave, '') && this.tried === null) {
      // Begun by the start of one target for which the open breaker was overridden: that target must follow at once.
      const waived = this.plan.waves[index]?.targets.filter((id) => this.overrides.has(`breaker-open|${id}`));
      if (waived?.length) this.begunFor = waived;
      else this.complain(entry, at, `the breaker was ${this.breaker}`);
    }
    this.started.add(wave);
  }

  private lose(target: string): void {
    const wave = this.wave(target)?.name ?? '';
    const bake = this.bakes.get(wave);
    if (bake) bake.lost = true;
    this.passed.delete(wave);
  }

  private startBake(entry: FoldEntry, at: number, wave: string): void {
    const targets = this.plan.waves.find((one) => one.name === wave)?.targets ?? [];
    for (const target of targets) {
      const state = this.targets.get(target) ?? '';
      const waived =
        this.overridden('target-failed', wave, target) || this.overridden('target-reverted', wave, target);
      if (!['done', 'skipped'].includes(state) && !waived) this.complain(entry, at, `${target} is ${state}`);
    }
    if (this.breaker !== 'closed') this.complain(entry, at, `the breaker is ${this.breaker}`);
    this.bakes.set(wave, { at, lost: false });
  }

  /** Full is what was watched, at that very moment. */
  private full(entry: FoldEntry, at: number, name: string): void {
    const wave = this.plan.waves.find((one) => one.name === name);
    const bake = this.bakes.get(name);
    if (!wave || !bake || bake.lost) {
      this.complain(entry, at, 'there is no whole bake');
      return;
    }
    const done = wave.targets.filter((target) => this.targets.get(target) === 'done');
    const watched = this.watched(bake.at, at, done);
    if (watched < wave.bake) this.complain(entry, at, `only ${watched}s were watched`);
  }

  /** A gate that nobody passed by name needs the whole proof, by our own readings. */
  private pass(entry: FoldEntry, at: number, name: string): void {
    const wave = this.plan.waves.find((one) => one.name === name);
    if (!wave) return;
    this.passed.add(name);
    if (!this.running || this.paused) this.complain(entry, at, 'the plan does not run');
    if (this.breaker !== 'closed' && !this.overridden('breaker-open', name, ''))
      this.complain(entry, at, `the breaker is ${this.breaker}`);
    if (entry.body?.['by'] !== undefined) return;
    if (this.untrusted) this.complain(entry, at, 'the clock cannot be trusted');
    if (wave.manual && !this.overridden('manual', name, '')) this.complain(entry, at, 'it is manual');
    const bake = this.bakes.get(name);
    const done = wave.targets.filter((target) => this.targets.get(target) === 'done');
    if (!bake || bake.lost) {
      this.complain(entry, at, 'there is no whole bake');
      return;
    }
    const watched = this.watched(bake.at, at, done);
    if (watched < wave.bake && !this.overridden('bake-not-full', name, ''))
      this.complain(entry, at, `only ${watched}s were watched`);
    for (const target of done) this.prove(entry, at, name, target, bake.at);
  }

  private prove(entry: FoldEntry, at: number, wave: string, target: string, since: number): void {
    const own = this.own(target, at);
    const last = own.at(-1);
    if ((!last || at - last.at > this.plan.stale) && !this.overridden('stale', wave, target))
      this.complain(entry, at, `${target} is silent`);
    if (!this.overridden('success-not-met', wave, target)) {
      const recent = own.filter((one) => one.at > at - this.plan.goodFor);
      if (recent.some((one) => one.errors >= this.plan.good))
        this.complain(entry, at, `${target} failed within ${this.plan.goodFor}s`);
    }
    const tries = own.filter((one) => one.at > since).reduce((sum, one) => sum + one.tries, 0);
    if (tries < this.plan.tries && !this.overridden('data-not-met', wave, target))
      this.complain(entry, at, `${target} has only ${tries} tries`);
  }
}
