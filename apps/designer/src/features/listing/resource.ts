import type { ApiProblem, ApiResult } from "@cordboard/api";
import type { UseQueryResult } from "@tanstack/react-query";

/** What a page lists, creates, changes and deletes: the routes of one thing, under one form. Each page's `queries.ts` makes its own. */
export interface Resource<Item extends { readonly rev: number; readonly name: string }, Fields> {
  readonly list: UseQueryResult<{ readonly items: readonly Item[] }, Error>;
  readonly idOf: (item: Item) => string;
  /** What of an item can be changed. */
  readonly fieldsOf: (item: Item) => Fields;
  readonly create: (fields: Fields) => Promise<ApiResult<Item>>;
  readonly change: (item: Item, fields: Fields) => Promise<ApiResult<Item>>;
  readonly remove: (item: Item) => Promise<ApiResult<undefined>>;
  /** Creates again what was just deleted; absent where that cannot be had back (a password): deleting then asks first. */
  readonly bringBack?: (item: Item) => Promise<ApiResult<Item>>;
}

/** A refusal while a form is open; `null`: none. */
export type FormProblem = ApiProblem | null;
