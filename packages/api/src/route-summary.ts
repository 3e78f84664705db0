import type { RouteContract } from "./define-route.ts";
import type { ScreenLanguage } from "./schemas.ts";
import french from "./summaries.fr.json" with { type: "json" };

/** What a route does, in a language of the screens; a route that was not translated yet says it in English. */
export function routeSummary({ id, summary }: Pick<RouteContract, "id" | "summary">, language: ScreenLanguage): string {
  const said: unknown = language === "fr" ? Reflect.get(french, id) : summary;
  return typeof said === "string" ? said : summary;
}
