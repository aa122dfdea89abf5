// Severity as weight: solid, 2 px outline, 1 px outline, plain.
export function Sev({ severity }: { severity: 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4' }) {
  return <span className={`sev sev-${severity.slice(3)}`}>{severity}</span>;
}
