import { allRoutes } from "@cordboard/api";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";

const nothing = async (): Promise<never> => {
  throw new UserError("notFound", { what: { fr: "cette partie du produit", en: "this part of the product" } });
};

/** Contracts whose features are being built answer that they are not there; each feature's own handlers stand before these. */
export const pendingHandlers = Object.fromEntries(allRoutes.map(({ id }) => [id, nothing])) as unknown as Handlers;
