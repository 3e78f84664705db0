import type { Handlers } from "../http/handlers.ts";
import type { Figures } from "./service.ts";

export const figureHandlers = (figures: Figures): Pick<Handlers, "figures.day"> => ({
  "figures.day": ({ scope, input: { query } }) => figures.day(scope, query),
});
