/** Properties whose inside is the application's own and is passed on as it is. */
const UNTOUCHED = new Set(["customerData", "sip", "env_vars", "args"]);

function snakeCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== "object" || value === null) return value;
  return snakeCaseKeys(value);
}

/**
 * Names every property the way jambonz sends it: snake_case all the way down, but `customerData` and `sip` as they are (jambonz
 * 0.9.8, seen: e1, a4; header names too: `X-Agent` becomes `x_agent`). Properties without a value are left out, as JSON does.
 */
export function snakeCaseKeys(value: object): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    if (UNTOUCHED.has(key)) result[key] = inner;
    else result[snakeCase(key)] = convert(inner);
  }
  return result;
}
