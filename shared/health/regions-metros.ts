// Metropolitan areas that regions of providers share. Coordinates are of the city or county, from the providers' public lists.

export interface Metro {
  readonly name: string;
  readonly continent: string;
  readonly lat: number;
  readonly lon: number;
}

const NORTH_AMERICA = 'North America';
const SOUTH_AMERICA = 'South America';
const EUROPE = 'Europe';
const MIDDLE_EAST = 'Middle East';
const AFRICA = 'Africa';
const ASIA = 'Asia';
const OCEANIA = 'Oceania';

const at = (name: string, continent: string, lat: number, lon: number): Metro => ({
  name,
  continent,
  lat,
  lon,
});

/** Key -> place. Keys are stable: they name columns of the board. */
export const METROS = {
  'us-east': at('Northern Virginia', NORTH_AMERICA, 38.95, -77.45),
  'us-ohio': at('Ohio', NORTH_AMERICA, 39.96, -83.0),
  'us-carolina': at('South Carolina', NORTH_AMERICA, 33.2, -80.01),
  'us-georgia': at('Georgia', NORTH_AMERICA, 33.75, -84.39),
  'us-central': at('Iowa', NORTH_AMERICA, 41.59, -93.62),
  'us-chicago': at('Illinois', NORTH_AMERICA, 41.88, -87.63),
  'us-texas': at('Texas', NORTH_AMERICA, 32.78, -96.8),
  'us-wyoming': at('Wyoming', NORTH_AMERICA, 41.14, -104.82),
  'us-northwest': at('Oregon and Washington', NORTH_AMERICA, 45.84, -119.7),
  'us-california': at('Northern California', NORTH_AMERICA, 37.35, -121.96),
  'us-losangeles': at('Los Angeles', NORTH_AMERICA, 34.05, -118.24),
  'us-utah': at('Utah', NORTH_AMERICA, 40.76, -111.89),
  'us-nevada': at('Nevada', NORTH_AMERICA, 36.17, -115.14),
  'us-arizona': at('Arizona', NORTH_AMERICA, 33.45, -112.07),
  'us-gov-east': at('US Government East', NORTH_AMERICA, 39.1, -82.5),
  'us-gov-west': at('US Government West', NORTH_AMERICA, 44.0, -120.5),
  'us-gov-virginia': at('US Government Virginia', NORTH_AMERICA, 37.37, -79.19),
  'us-gov-texas': at('US Government Texas', NORTH_AMERICA, 29.42, -98.49),
  'us-gov-arizona': at('US Government Arizona', NORTH_AMERICA, 33.3, -111.9),
  'ca-montreal': at('Montréal', NORTH_AMERICA, 45.5, -73.57),
  'ca-toronto': at('Toronto', NORTH_AMERICA, 43.65, -79.38),
  'ca-quebec': at('Québec City', NORTH_AMERICA, 46.81, -71.21),
  'ca-calgary': at('Calgary', NORTH_AMERICA, 51.05, -114.07),
  'mx-queretaro': at('Querétaro', NORTH_AMERICA, 20.59, -100.39),
  'mx-monterrey': at('Monterrey', NORTH_AMERICA, 25.69, -100.32),
  'br-saopaulo': at('São Paulo', SOUTH_AMERICA, -23.55, -46.63),
  'br-rio': at('Rio de Janeiro', SOUTH_AMERICA, -22.91, -43.17),
  'cl-santiago': at('Santiago', SOUTH_AMERICA, -33.45, -70.67),
  'cl-valparaiso': at('Valparaíso', SOUTH_AMERICA, -33.05, -71.61),
  'co-bogota': at('Bogotá', SOUTH_AMERICA, 4.71, -74.07),
  'ie-dublin': at('Dublin', EUROPE, 53.35, -6.26),
  'uk-london': at('London', EUROPE, 51.51, -0.13),
  'uk-cardiff': at('Cardiff', EUROPE, 51.48, -3.18),
  'fr-paris': at('Paris', EUROPE, 48.86, 2.35),
  'fr-marseille': at('Marseille', EUROPE, 43.3, 5.37),
  'de-frankfurt': at('Frankfurt', EUROPE, 50.11, 8.68),
  'de-berlin': at('Berlin', EUROPE, 52.52, 13.4),
  'de-brandenburg': at('Brandenburg', EUROPE, 52.41, 12.53),
  'ch-zurich': at('Zürich', EUROPE, 47.37, 8.54),
  'ch-geneva': at('Geneva', EUROPE, 46.2, 6.14),
  'nl-netherlands': at('Netherlands', EUROPE, 52.37, 4.9),
  'be-belgium': at('Belgium', EUROPE, 50.45, 3.82),
  'se-stockholm': at('Stockholm', EUROPE, 59.33, 18.07),
  'se-malmo': at('Malmö', EUROPE, 55.6, 13.0),
  'fi-finland': at('Finland', EUROPE, 60.57, 27.2),
  'dk-copenhagen': at('Copenhagen', EUROPE, 55.68, 12.57),
  'no-oslo': at('Oslo', EUROPE, 59.91, 10.75),
  'no-stavanger': at('Stavanger', EUROPE, 58.97, 5.73),
  'pl-warsaw': at('Warsaw', EUROPE, 52.23, 21.01),
  'at-vienna': at('Vienna', EUROPE, 48.21, 16.37),
  'it-milan': at('Milan', EUROPE, 45.46, 9.19),
  'it-turin': at('Turin', EUROPE, 45.07, 7.69),
  'es-madrid': at('Madrid', EUROPE, 40.42, -3.7),
  'es-aragon': at('Aragón', EUROPE, 41.65, -0.88),
  'rs-jovanovac': at('Jovanovac', EUROPE, 44.02, 20.9),
  'bh-bahrain': at('Bahrain', MIDDLE_EAST, 26.07, 50.55),
  'ae-dubai': at('United Arab Emirates', MIDDLE_EAST, 25.2, 55.27),
  'ae-abudhabi': at('Abu Dhabi', MIDDLE_EAST, 24.45, 54.38),
  'il-telaviv': at('Tel Aviv', MIDDLE_EAST, 32.09, 34.78),
  'qa-doha': at('Doha', MIDDLE_EAST, 25.29, 51.53),
  'sa-dammam': at('Dammam', MIDDLE_EAST, 26.43, 50.1),
  'sa-jeddah': at('Jeddah', MIDDLE_EAST, 21.49, 39.19),
  'sa-riyadh': at('Riyadh', MIDDLE_EAST, 24.71, 46.68),
  'za-johannesburg': at('Johannesburg', AFRICA, -26.2, 28.05),
  'za-capetown': at('Cape Town', AFRICA, -33.92, 18.42),
  'in-mumbai': at('Mumbai', ASIA, 19.08, 72.88),
  'in-pune': at('Pune', ASIA, 18.52, 73.86),
  'in-hyderabad': at('Hyderabad', ASIA, 17.39, 78.49),
  'in-chennai': at('Chennai', ASIA, 13.08, 80.27),
  'in-delhi': at('Delhi', ASIA, 28.61, 77.21),
  'in-jamnagar': at('Jamnagar', ASIA, 22.47, 70.06),
  'in-nagpur': at('Nagpur', ASIA, 21.15, 79.09),
  'sg-singapore': at('Singapore', ASIA, 1.35, 103.82),
  'sg-singapore-west': at('Singapore West', ASIA, 1.33, 103.7),
  'id-jakarta': at('Jakarta', ASIA, -6.21, 106.85),
  'id-batam': at('Batam', ASIA, 1.05, 104.03),
  'my-kualalumpur': at('Kuala Lumpur', ASIA, 3.14, 101.69),
  'th-bangkok': at('Bangkok', ASIA, 13.76, 100.5),
  'hk-hongkong': at('Hong Kong', ASIA, 22.32, 114.17),
  'tw-taiwan': at('Taiwan', ASIA, 25.03, 121.57),
  'kr-seoul': at('Seoul', ASIA, 37.57, 126.98),
  'kr-busan': at('Busan', ASIA, 35.18, 129.08),
  'kr-chuncheon': at('Chuncheon', ASIA, 37.88, 127.73),
  'jp-tokyo': at('Tokyo', ASIA, 35.68, 139.65),
  'jp-osaka': at('Osaka', ASIA, 34.69, 135.5),
  'cn-beijing': at('Beijing', ASIA, 39.9, 116.41),
  'cn-beijing-2': at('Beijing 2', ASIA, 39.8, 116.5),
  'cn-beijing-3': at('Beijing 3', ASIA, 40.8, 114.9),
  'cn-shanghai': at('Shanghai', ASIA, 31.23, 121.47),
  'cn-shanghai-2': at('Shanghai 2', ASIA, 31.1, 121.6),
  'cn-jiangsu': at('Jiangsu', ASIA, 32.06, 118.8),
  'cn-ningxia': at('Ningxia', ASIA, 37.51, 105.19),
  'au-sydney': at('Sydney', OCEANIA, -33.87, 151.21),
  'au-melbourne': at('Melbourne', OCEANIA, -37.81, 144.96),
  'au-canberra': at('Canberra', OCEANIA, -35.28, 149.13),
  'au-canberra-2': at('Canberra 2', OCEANIA, -35.34, 149.16),
  'nz-auckland': at('Auckland', OCEANIA, -36.85, 174.76),
} as const satisfies Readonly<Record<string, Metro>>;

export type MetroKey = keyof typeof METROS;

/** One line of a provider's table: code, display name, metro (null: spread over the world or a continent), other spellings. */
export type RegionRow = readonly [
  code: string,
  name: string,
  metro: MetroKey | null,
  aliases?: readonly string[],
];
