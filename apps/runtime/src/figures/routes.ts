import type { Handlers } from "../http/handlers.ts";
import type { DeskDayOf } from "./desk-day.ts";
import type { Figures } from "./service.ts";

export const figureHandlers = (
  figures: Figures,
  deskDay: DeskDayOf,
): Pick<Handlers, "figures.day" | "deskDay.get"> => ({
  "figures.day": ({ scope, input: { query } }) => figures.day(scope, query),
  "deskDay.get": ({ scope }) => deskDay(scope),
});
