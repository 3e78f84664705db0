import type { Handlers } from "../http/handlers.ts";
import type { Companies } from "./service.ts";

export const companyHandlers = (companies: Companies): Pick<Handlers, "company.get" | "company.change"> => ({
  "company.get": ({ scope }) => companies.get(scope),
  "company.change": ({ scope, input: { body } }) => {
    const { rev, ...fields } = body;
    return companies.change(scope, rev, fields);
  },
});
