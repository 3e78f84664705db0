/** Prints what is derived from the contracts: the client's paths and the reference page of errors. A test compares them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { errorsPage } from "../src/errors-page.ts";
import { printRoutePaths } from "../src/route-paths.ts";

const place = (path: string) => new URL(path, import.meta.url);
writeFileSync(place("../src/route-paths.generated.ts"), printRoutePaths());
mkdirSync(place("../../../docs/reference/"), { recursive: true });
writeFileSync(place("../../../docs/reference/errors.md"), errorsPage());
