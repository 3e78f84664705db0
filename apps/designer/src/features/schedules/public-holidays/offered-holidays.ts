import computed from "./holidays.generated.json";

/** Where holidays are offered for: France (Alsace-Moselle and overseas apart), and the parts of the United Kingdom. */
export const holidayRegions = [
  ...["FR", "FR-AM", "FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT"],
  ...["GB-EAW", "GB-SCT", "GB-NIR"],
] as const;

export interface OfferedHoliday {
  readonly date: string;
  readonly name: string;
}

const regions: Readonly<Record<string, readonly number[]>> = computed.regions;

/** The holidays of a region from a day on, until the end of the year after it, named in that language. */
export function offeredHolidays(region: string, from: string, language: "fr" | "en"): readonly OfferedHoliday[] {
  const written = regions[region] ?? [];
  const end = `${Number(from.slice(0, 4)) + 1}-12-31`;
  const days = Array.from({ length: written.length / 2 }, (_, at) => ({
    date: String(written[2 * at]).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"),
    name: computed.names[written[2 * at + 1] ?? -1]?.[language] ?? "",
  }));
  return days.filter(({ date }) => date >= from && date <= end);
}

/** The region that a time zone is in; France, where it tells nothing. */
export function regionOfZone(zone: string): (typeof holidayRegions)[number] {
  return zones[zone] ?? "FR";
}

const zones: Readonly<Record<string, (typeof holidayRegions)[number]>> = {
  "Europe/London": "GB-EAW",
  "Europe/Belfast": "GB-NIR",
  "America/Guadeloupe": "FR-GP",
  "America/Martinique": "FR-MQ",
  "America/Cayenne": "FR-GF",
  "Indian/Reunion": "FR-RE",
  "Indian/Mayotte": "FR-YT",
};
