// In the place of Broken, Now, Next while the past is shown: what was broken then, which moment that is, and what is broken now, so
// that nobody takes the one for the other. One key leads back.
import type { Board } from '../../../shared/contract/health.ts';
import { pastMore as words } from '../../../shared/text/board-more.ts';
import { pastWords } from '../../../shared/text/ours-ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { day, duration, inSentence, utc } from '../../../shared/time/format.ts';
import { useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { St } from '../../components/St.tsx';
import { placeName } from './names.ts';
import type { Past } from './use-past.ts';

function Broken({ legend, broken }: { legend: string; broken: Board['glance']['broken'] }) {
  return (
    <>
      <h2 className="lg">{legend}</h2>
      <p className="gl-m">
        {broken.state === 'broken' ? (
          <St kind="outage" />
        ) : broken.state === 'unknown' ? (
          <St kind="unknown" />
        ) : null}
        <span className="cut" title={broken.lead}>
          {broken.lead}
        </span>
      </p>
      {broken.lines.map((line) => (
        <p className="gl-s" key={line} title={line}>
          {line}
        </p>
      ))}
    </>
  );
}

/** `then`: the board of the moment that is shown; `live`: the board of now. */
export function PastGlance({ live, then, past, at }: { live: Board; then: Board; past: Past; at: number }) {
  const now = useNow();
  const { answer } = past;
  const first = then.cascade?.first;
  const shown = `${day(at)}, ${utc(at, 'minute')}`;
  const ago = words.ago(duration(Math.floor((now - at) / 60_000) * 60_000));
  return (
    <section className="glance past-gl" aria-label={words.glance}>
      <div className={then.glance.broken.state === 'broken' ? 'gl gl-broken' : 'gl gl-quiet'}>
        {answer ? (
          <Broken legend={words.broken} broken={then.glance.broken} />
        ) : (
          <p className="gl-s">{words.waiting}</p>
        )}
      </div>
      <div className="gl">
        <h2 className="lg">{words.shown}</h2>
        <p className="gl-m">
          <b className="past-w">{pastWords.word}</b>
          <span className="cut" title={shown}>
            {shown}
          </span>
          <span className="gl-q" title={ago}>
            {ago}
          </span>
        </p>
        {answer ? (
          <p className="gl-s">
            {first
              ? words.first(
                  `${first.node.service} ${placeName(then, first.provider, first.region)}`,
                  inSentence(fromInstant(first.node.at), at),
                )
              : words.noCascade}
            . {words.signals(then.signals.total)}.
          </p>
        ) : null}
        <p className="gl-s">{pastWords.noOverrides}</p>
      </div>
      <div className="gl past-now">
        <div className="gl-text">
          <Broken legend={words.now} broken={{ ...live.glance.broken, lines: [] }} />
        </div>
        <Button keys="Esc" onPress={() => past.setAt(null)}>
          {pastWords.now}
        </Button>
      </div>
    </section>
  );
}
