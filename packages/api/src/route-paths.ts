import { allRoutes } from "./routes/index.ts";

/** `route-paths.generated.ts`: what the client needs of the contracts at run time, without their schemas. */
export function printRoutePaths(): string {
  const lines = allRoutes.map((route) => `  "${route.id}": ["${route.method}", "${route.path}"],`);
  return [
    "// Printed from the contracts by scripts/print.ts; do not edit by hand.",
    'import type { RouteId } from "./routes/index.ts";',
    "",
    "export const routePaths: Readonly<Record<RouteId, readonly [method: string, path: string]>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}
