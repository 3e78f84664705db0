export type { Binned, BinPort } from "./bin-port.ts";
export { assertUnused, type PlaceOfUse, type UsingNode } from "./in-use.ts";
export { demandOperator, demandQueue, demandWholeCompany, reaches, reachesOperator } from "./limit.ts";
export { isDuplicate, type Owned, ownedCollection } from "./owned-collection.ts";
export { type ActingKey, type Change, demand, demandScope, mayRead, type Scope, systemScope } from "./scope.ts";
