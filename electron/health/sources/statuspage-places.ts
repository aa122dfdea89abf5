// Where a Statuspage component is: every company writes regions its own way. Cloudflare: "Ashburn, VA - (IAD)" in a group per
// continent. Oracle: a group per service, a child per region. DigitalOcean: a group per product, "NYC1". Others: no regions.
import { findRegion } from '../../../shared/health/regions.ts';
import { slug } from './define.ts';

export interface Component {
  readonly id: string;
  readonly name: string;
  /** Name of the group it is in; null when in none. */
  readonly group: string | null;
}

export interface ComponentPlace {
  readonly region: string;
  readonly service: string;
}

const IATA = /-\s*\(([A-Z]{3})\)\s*$/;
/** Groups of sites. Elsewhere "Payments - (UAT)" is a component like any other. */
const CONTINENT =
  /^(?:africa|antarctica|asia|europe|middle east|north america|oceania|(?:latin|central|south) america\b.*)$/i;
/** `us-east-1`, `us-gov-west-1`, `us-ashburn-1 region`, `europe-west4`, `nyc1`: codes, alone. `api-gateway-2` and `Web1` are none. */
const CODE =
  /^((?:[a-z]{2}|asia|europe|africa|australia|(?:north|south)america|eusc|apac|emea)(?:-[a-z]{2,16}){1,3}-?\d{1,2})(?: region)?$/;
const SITE =
  /^((?!api|app|bot|cdn|cpu|crm|css|dev|dns|erp|ftp|gpu|iot|job|log|lab|net|pop|sdk|sip|sms|sql|ssl|sso|svc|tls|tcp|udp|vpn|web)[a-z]{3}\d)$/i;

/** Region code when the whole name is one, in the spelling of its provider; null otherwise. */
function codeIn(name: string): string | null {
  const oci = findRegion('oci', name);
  if (oci !== null && oci.code !== 'global') return oci.code;
  const code = CODE.exec(name.trim().toLowerCase())?.[1];
  if (code !== undefined) return code;
  const site = SITE.exec(name.trim())?.[1];
  return site === undefined ? null : site.toLowerCase();
}

/** Remembers answers: a page of a thousand components has some tens of different regions and groups. */
function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text) as T;
    const made = of(text);
    known.set(text, made);
    return made;
  };
}

/**
 * Finds the place of a component; `page` is the service of a component that is a region and belongs to no group.
 * One placer serves one payload.
 */
export function createPlacer(page: string): (component: Component) => ComponentPlace {
  const code = remembered(codeIn);
  const slugged = remembered(slug);
  return (component) => {
    const site = IATA.exec(component.name)?.[1];
    const placed = component.name.includes(',') || CONTINENT.test(component.group?.trim() ?? '');
    if (site !== undefined && placed) return { region: site, service: 'edge' };
    const region = code(component.name);
    if (region !== null)
      return { region, service: component.group === null ? page : slugged(component.group) };
    if (component.group !== null) {
      if (component.name.trim().toLowerCase() === 'global') {
        return { region: 'global', service: slugged(component.group) };
      }
      const around = code(component.group);
      if (around !== null) return { region: around, service: slugged(component.name) };
    }
    return { region: 'global', service: slugged(component.name) };
  };
}

/** Place of each component by id. Two that would be one place keep apart by their group's name in front. */
export function placesOf(
  components: readonly Component[],
  placeOf: (component: Component) => ComponentPlace,
): ReadonlyMap<string, ComponentPlace> {
  const places = new Map<string, ComponentPlace>();
  // Region -> service -> how many components are there: no key is put together for thousands of them.
  const uses = new Map<string, Map<string, { count: number }>>();
  const countOf = ({ region, service }: ComponentPlace): { count: number } => {
    let services = uses.get(region);
    if (services === undefined) {
      services = new Map();
      uses.set(region, services);
    }
    let use = services.get(service);
    if (use === undefined) {
      use = { count: 0 };
      services.set(service, use);
    }
    return use;
  };
  const slugged = remembered(slug);
  const mayCollide: { component: Component; place: ComponentPlace; use: { count: number } }[] = [];
  for (const component of components) {
    const place = placeOf(component);
    places.set(component.id, place);
    const use = countOf(place);
    use.count += 1;
    if (component.group !== null && place.service !== 'edge') mayCollide.push({ component, place, use });
  }
  for (const { component, place, use } of mayCollide) {
    if (use.count === 1) continue;
    const group = slugged(component.group!);
    if (place.service !== group) places.set(component.id, { ...place, service: `${group}/${place.service}` });
  }
  return places;
}
