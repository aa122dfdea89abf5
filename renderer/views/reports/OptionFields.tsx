// What goes into a document: its format, which rows, whose times.
import type { ExportOptions } from '../../../shared/contract/report.ts';
import { reports } from '../../../shared/text/reports-ui.ts';

function Check(props: {
  label: string;
  why?: string;
  on: boolean;
  name?: string;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="ck-b">
      <input
        type={props.name ? 'radio' : 'checkbox'}
        name={props.name}
        checked={props.on}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>
        {props.label}
        {props.why ? <span className="dim">{props.why}</span> : null}
      </span>
    </label>
  );
}

export function OptionFields({
  options,
  ownZone,
  set,
}: {
  options: ExportOptions;
  ownZone: string;
  set: (change: Partial<ExportOptions>) => void;
}) {
  return (
    <>
      <fieldset>
        <legend>{reports.format}</legend>
        <Check
          name="ex-format"
          label={reports.md}
          why={reports.mdWhy}
          on={options.format === 'md'}
          onChange={() => set({ format: 'md' })}
        />
        <Check
          name="ex-format"
          label={reports.json}
          why={reports.jsonWhy}
          on={options.format === 'json'}
          onChange={() => set({ format: 'json' })}
        />
      </fieldset>
      {options.format === 'json' ? (
        <p className="cm-none">{reports.jsonWhole}</p>
      ) : (
        <>
          <fieldset>
            <legend>{reports.rows}</legend>
            <Check
              label={reports.automatic}
              why={reports.automaticWhy}
              on={options.automatic}
              onChange={(automatic) => set({ automatic })}
            />
            <Check
              label={reports.retracted}
              why={reports.retractedWhy}
              on={options.retracted}
              onChange={(retracted) => set({ retracted })}
            />
            <Check
              label={reports.pinnedOnly}
              on={options.pinnedOnly}
              onChange={(pinnedOnly) => set({ pinnedOnly })}
            />
          </fieldset>
          <fieldset>
            <legend>{reports.times}</legend>
            <Check
              name="ex-zone"
              label={reports.utcOnly}
              on={options.zone === ''}
              onChange={() => set({ zone: '' })}
            />
            {ownZone === 'UTC' ? null : (
              <Check
                name="ex-zone"
                label={reports.utcAnd(ownZone)}
                on={options.zone !== ''}
                onChange={() => set({ zone: ownZone })}
              />
            )}
          </fieldset>
        </>
      )}
    </>
  );
}
