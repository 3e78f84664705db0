// Writes the public holidays that the designer offers: `npm run holidays`, after each new release of date-holidays.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { computeHolidays } from "./compute-holidays.ts";

const file = "apps/designer/src/features/schedules/public-holidays/holidays.generated.json";
writeFileSync(join(import.meta.dirname, "..", file), `${JSON.stringify(await computeHolidays())}\n`);
