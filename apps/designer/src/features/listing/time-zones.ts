/** The time zones that browser and server both know by name (IANA). */
export function timeZones(): readonly string[] {
  return Intl.supportedValuesOf("timeZone");
}
